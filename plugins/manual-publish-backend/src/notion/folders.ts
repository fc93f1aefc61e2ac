import type { BlockObjectResponse } from '@notionhq/client';
import { BlockNode } from '../source/PageSnapshot';
import { ListReader } from './ListReader';
import { PageParts } from './PageParts';
import { PageContent, problemOf, readDatabase, syncedFrom } from './PageReader';
import { DatabaseContent } from './SnapshotStore';

/** Ids of the page and of the blocks in it that have pages or databases directly below them. */
export function listsWithPages(
  listId: string,
  blocks: readonly BlockNode[],
): string[] {
  const isFolder = blocks.some(({ block }) => isPageLike(block));
  return [
    ...(isFolder ? [listId] : []),
    ...blocks.flatMap(({ block, children }) =>
      syncedFrom(block) ? [] : listsWithPages(block.id, children),
    ),
  ];
}

export type CheckedFolder = {
  readonly content: PageContent;
  /** Whether what people read in it differs, such as the title of a page below it. */
  readonly isChanged: boolean;
};

/**
 * The content of a page that was not edited, with the pages below it as they are now: only lists that have pages are read. Undefined
 * where the lists show that it was edited after all.
 */
export async function checkFolder(
  pageId: string,
  stored: PageContent,
  options: { lists: ListReader; parts: PageParts },
): Promise<CheckedFolder | undefined> {
  const { lists, parts } = options;
  const current = new Map<string, readonly BlockObjectResponse[]>();
  const readBlocks = async (listId: string) => {
    current.set(listId, await lists.allBlocks(listId, parts));
  };
  const databases: Record<string, DatabaseContent> = {};
  const readRows = async ([id, known]: [string, DatabaseContent]) => {
    databases[id] = await readDatabase(id, options, known);
  };
  await Promise.all([
    ...listsWithPages(pageId, stored.blocks).map(readBlocks),
    ...Object.entries(stored.databases).map(readRows),
  ]);

  let isChanged = false;
  const withPages = (
    listId: string,
    nodes: readonly BlockNode[],
  ): readonly BlockNode[] | undefined => {
    const blocks = current.get(listId);
    if (blocks && !isSameList(nodes, blocks)) return undefined;
    const updated: BlockNode[] = [];
    for (const [index, node] of nodes.entries()) {
      const block = blocks?.[index];
      const children = withPages(node.block.id, node.children);
      if (!children) return undefined;
      if (block && isPageLike(block)) {
        isChanged ||= pageTitle(block) !== pageTitle(node.block);
        // Of a database: whether its rows could be read now.
        const problem = problemOf(databases[block.id] ?? {});
        isChanged ||= isUnread(problem) !== isUnread(node);
        updated.push({ block, children: [], ...problem });
      } else {
        updated.push({ ...node, children });
      }
    }
    return updated;
  };
  const blocks = withPages(pageId, stored.blocks);
  return blocks && { content: { ...stored, blocks, databases }, isChanged };
}

function isSameList(
  nodes: readonly BlockNode[],
  blocks: readonly BlockObjectResponse[],
): boolean {
  return (
    nodes.length === blocks.length &&
    nodes.every(({ block: before }, index) => {
      const now = blocks[index];
      return (
        before.id === now.id &&
        before.type === now.type &&
        (isPageLike(now) ||
          (before.last_edited_time === now.last_edited_time &&
            before.has_children === now.has_children))
      );
    })
  );
}

function isUnread({ problem }: Pick<BlockNode, 'problem'>): boolean {
  return problem !== undefined;
}

function isPageLike(block: BlockObjectResponse): boolean {
  return block.type === 'child_page' || block.type === 'child_database';
}

function pageTitle(block: BlockObjectResponse): string | undefined {
  if (block.type === 'child_page') return block.child_page.title;
  return block.type === 'child_database'
    ? block.child_database.title
    : undefined;
}
