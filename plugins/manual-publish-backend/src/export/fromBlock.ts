import { BlockContent, Nodes } from 'mdast';
import type {} from '../translation/blockIdData';

/**
 * Notes which block of Notion some content comes from. What comes from a block below it has been told so already. It is the item of
 * a list that comes from a block: lists are joined.
 */
export function fromBlock(
  blockId: string,
  content: readonly BlockContent[],
): readonly BlockContent[] {
  for (const node of content) {
    const parts: readonly Nodes[] =
      node.type === 'list' ? node.children : [node];
    for (const part of parts) {
      part.data = { blockId, ...part.data };
    }
  }
  return content;
}
