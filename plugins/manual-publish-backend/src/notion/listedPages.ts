import type { ChildPageBlockObjectResponse } from '@notionhq/client';
import { pageName } from '../source/pageName';
import { BlockNode } from '../source/PageSnapshot';
import type { ListedPage, PageContent } from './PageReader';
import { listedRows } from './listedRows';

/** A page as the list tells that it is in. */
export const listedPage = (
  block: ChildPageBlockObjectResponse,
): ListedPage => ({
  id: block.id,
  title: pageName(block.child_page.title),
  editedTime: block.last_edited_time,
});

/** The pages directly below a page, in the order of Notion. Those in the copy of a synced block are below its source. */
export function listedPages(
  content: Pick<PageContent, 'blocks' | 'databases' | 'unread'>,
): ListedPage[] {
  const inOrder = ({ block, children, problem }: BlockNode): ListedPage[] => {
    switch (block.type) {
      case 'child_page':
        return [listedPage(block)];
      case 'child_database':
        return content.databases[block.id]
          ? listedRows(content.databases[block.id])
          : [];
      default:
        return problem === undefined
          ? children.flatMap(inOrder)
          : [...(content.unread?.[block.id] ?? [])];
    }
  };
  return content.blocks.flatMap(inOrder);
}

/** The pages that were below a block when it could be read. */
export function pagesBelow(
  blockId: string,
  content: Pick<PageContent, 'blocks' | 'databases' | 'unread'>,
): ListedPage[] {
  const find = (nodes: readonly BlockNode[]): BlockNode | undefined => {
    for (const node of nodes) {
      const found = node.block.id === blockId ? node : find(node.children);
      if (found) return found;
    }
    return undefined;
  };
  const node = find(content.blocks);
  return node ? listedPages({ ...content, blocks: [node] }) : [];
}
