import type { BlockObjectResponse } from '@notionhq/client';
import { BlockNode } from '../source/PageSnapshot';
import { ListChanged, ListReader } from './ListReader';
import { PageContent } from './PageReader';
import { problemOrThrow } from './refusals';
import { PageParts } from './PageParts';

/**
 * The blocks of a page whose children could not be read. Databases do not count, as their rows are read each time, nor do blocks that
 * Notion's API does not give at all: what is in them is never read.
 */
export function gapsIn({
  blocks,
}: Pick<PageContent, 'blocks'>): BlockObjectResponse[] {
  return blocks.flatMap(({ block, children, problem }: BlockNode) => {
    switch (block.type) {
      case 'child_database':
      case 'unsupported':
        return [];
      default:
        return problem === undefined ? gapsIn({ blocks: children }) : [block];
    }
  });
}

/**
 * Whether the children of a block can be read by now: one call where Notion still refuses them. Where it gives them they are not asked for
 * again in this reading.
 */
export async function isReadable(
  block: BlockObjectResponse,
  { lists, parts }: { lists: ListReader; parts: PageParts },
): Promise<boolean> {
  try {
    await lists.allBlocks(block.id, parts);
    return true;
  } catch (error) {
    if (error instanceof ListChanged) return true;
    problemOrThrow(error);
    return false;
  }
}
