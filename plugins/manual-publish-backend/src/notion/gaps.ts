import { BlockNode } from '../source/PageSnapshot';
import { PageContent } from './PageReader';

/**
 * Whether a part of a page could not be read that may be readable by now. Databases do not count, as their rows are read each time, nor
 * do blocks that Notion's API does not give at all: what is in them is never read, and asking again would cost calls for ever.
 */
export function hasGaps({
  blocks,
  unread,
}: Pick<PageContent, 'blocks' | 'unread'>): boolean {
  return unread !== undefined || blocks.some(isGap);
}

function isGap({ block, children, problem }: BlockNode): boolean {
  switch (block.type) {
    case 'child_database':
    case 'unsupported':
      return false;
    default:
      return problem !== undefined || children.some(isGap);
  }
}
