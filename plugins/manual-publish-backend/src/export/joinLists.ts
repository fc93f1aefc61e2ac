import { BlockContent, List } from 'mdast';
import type { BlockType } from './Conversion';

type Converted = {
  readonly type: BlockType;
  readonly content: readonly BlockContent[];
};

/** Types whose neighbours make one list: items, and links to pages and databases below a page. */
const LISTED: Partial<Record<BlockType, string>> = {
  bulleted_list_item: 'bulleted',
  numbered_list_item: 'numbered',
  to_do: 'to do',
  child_page: 'below',
  child_database: 'below',
};

export function joinLists(blocks: readonly Converted[]): BlockContent[] {
  const result: BlockContent[] = [];
  let open: { list: List; kind: string } | undefined;
  for (const { type, content } of blocks) {
    const kind = LISTED[type];
    const [first, ...rest] = content;
    if (kind && first?.type === 'list' && open?.kind === kind) {
      open.list.children.push(...first.children);
      result.push(...rest);
    } else {
      result.push(...content);
      if (kind && first?.type === 'list') open = { list: first, kind };
      // An empty paragraph between items is no end of their list.
      else if (content.length > 0) open = undefined;
    }
    if (rest.length > 0) open = undefined;
  }
  return result;
}
