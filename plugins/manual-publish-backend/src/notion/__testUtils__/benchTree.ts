import { BlockDraft, PageDraft, blocks, notionId, page } from '@herald/sandbox';

export type TreeShape = {
  /** With the root. */
  pages: number;
  /** Blocks with children, beside the pages. */
  parentBlocks: number;
  /** Pages directly below each folder. */
  pagesInFolder?: number;
};

export type GeneratedTree = {
  root: PageDraft;
  rootId: string;
  /** Lists that have to be read: one a page, one a block with children. */
  lists: number;
  /** Pages that have pages below them. */
  folders: number;
};

export const pageKey = (index: number) => `generated/${index}`;

/** A tree of manuals of a given size: the same for the same shape, with text, lists, toggles, columns and tables in it. */
export function generateTree(shape: TreeShape): GeneratedTree {
  const { pages, parentBlocks, pagesInFolder = 6 } = shape;
  const drafts = Array.from({ length: pages }, (_, index) =>
    page(`Page ${index}`)
      .as(pageKey(index))
      .with(blocks.paragraph(`What page ${index} is about`)),
  );
  for (let index = 0; index < parentBlocks; index++) {
    drafts[index % pages].with(parentBlock(index));
  }
  const folders = new Set<number>();
  for (let index = 1; index < pages; index++) {
    const above = Math.floor((index - 1) / pagesInFolder);
    drafts[above].with(drafts[index]);
    folders.add(above);
  }
  return {
    root: drafts[0],
    rootId: notionId(pageKey(0)),
    lists: pages + parentBlocks,
    folders: folders.size,
  };
}

/** One block with children, none of which has any. */
function parentBlock(index: number): BlockDraft {
  const text = (name: string) => blocks.paragraph(`${name} of block ${index}`);
  switch (index % 5) {
    case 0:
      return blocks.bulleted(`Point ${index}`).with(text('Detail'));
    case 1:
      return blocks.toggle(`More ${index}`).with(text('Hidden'), text('Rest'));
    case 2:
      return blocks.callout(`Note ${index}`).with(text('Reason'));
    case 3:
      return blocks.table([
        ['Name', 'Value'],
        [`limit ${index}`, String(index)],
      ]);
    default:
      return blocks.numbered(`Step ${index}`).with(text('How'));
  }
}
