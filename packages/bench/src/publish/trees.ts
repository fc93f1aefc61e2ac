import { BlockDraft, PageDraft, blocks, notionId, page } from '@herald/sandbox';

/** A tree of manuals to export. */
export type ManualTree = {
  root: PageDraft;
  rootId: string;
  /** With the root. */
  pages: number;
  /** Blocks that have blocks below them, beside the pages. */
  parentBlocks: number;
  /** Lists that nobody can do without: the children of each page and of each block that has some. */
  lists: number;
  /** Lists from the root down to the deepest one: each is known only when the one above has been answered. */
  depth: number;
  /** Pages that have pages below them. */
  folders: number;
};

export type TreeSize = { pages: number; parentBlocks: number };

const PAGES_IN_FOLDER = 6;

/** Manuals as people write them: a folder is a page with text of its own. The same for the same size. */
export function writtenTree({ pages, parentBlocks }: TreeSize): ManualTree {
  const drafts = manualPages(pages);
  for (let index = 0; index < parentBlocks; index++) {
    drafts[index % pages].with(parentBlock(index));
  }
  const levels = [1];
  const folders = new Set<number>();
  for (let index = 1; index < pages; index++) {
    const above = Math.floor((index - 1) / PAGES_IN_FOLDER);
    drafts[above].with(drafts[index]);
    folders.add(above);
    levels[index] = levels[above] + 1;
  }
  return {
    root: drafts[0],
    rootId: notionId(keyOf(0)),
    pages,
    parentBlocks,
    lists: pages + parentBlocks,
    depth: Math.max(
      ...levels.map((level, index) => level + (index < parentBlocks ? 1 : 0)),
    ),
    folders: folders.size,
  };
}

/**
 * The same size as docu-notion wants it: a page named Outline, pages below it that hold nothing but pages, and text only in those
 * that have no page below. It has fewer pages with text, and no folder with any.
 */
export function outlineTree({ pages, parentBlocks }: TreeSize): ManualTree {
  const levels = Math.max(1, Math.floor(pages / PAGES_IN_FOLDER));
  const leaves = pages - 2 - levels;
  const drafts = manualPages(leaves);
  for (let index = 0; index < parentBlocks; index++) {
    drafts[index % leaves].with(parentBlock(index));
  }
  const outline = page('Outline').as('outline');
  for (let level = 0; level < levels; level++) {
    outline.with(
      page(`Level ${level}`)
        .as(`level/${level}`)
        .with(...drafts.filter((_, index) => index % levels === level)),
    );
  }
  return {
    root: page('Documentation').as('documentation').with(outline),
    rootId: notionId('documentation'),
    pages,
    parentBlocks,
    lists: pages + parentBlocks,
    depth: 5,
    folders: 2 + levels,
  };
}

export const EDITED_PAGE = notionId(keyOf(1));
export const EDITED_BLOCK = notionId(textKeyOf(1));

function manualPages(pages: number): PageDraft[] {
  return Array.from({ length: pages }, (_, index) =>
    page(`Manual ${index}`)
      .as(keyOf(index))
      .with(
        blocks.paragraph(`What manual ${index} is about.`).as(textKeyOf(index)),
      ),
  );
}

function keyOf(index: number): string {
  return `manual/${index}`;
}

function textKeyOf(index: number): string {
  return `manual/${index}/text`;
}

/** One block with children, none of which has any. Of 44 in a row, 9 are tables and 7 callouts. */
function parentBlock(index: number): BlockDraft {
  const text = (name: string) => blocks.paragraph(`${name} of block ${index}`);
  const place = index % 44;
  if (place % 5 === 0) {
    return blocks.table([
      ['Name', 'Value'],
      [`limit ${index}`, String(index)],
    ]);
  }
  if (place % 6 === 1) {
    return blocks.callout(`Note ${index}`).with(text('Reason'));
  }
  switch (index % 3) {
    case 0:
      return blocks.bulleted(`Point ${index}`).with(text('Detail'));
    case 1:
      return blocks.toggle(`More ${index}`).with(text('Hidden'), text('Rest'));
    default:
      return blocks.numbered(`Step ${index}`).with(text('How'));
  }
}
