import { BlockContent, List } from 'mdast';
import type { BlockType } from './Conversion';

type Converted = {
  readonly type: BlockType;
  readonly content: readonly BlockContent[];
};

type ListKind = 'bulleted' | 'numbered' | 'to do' | 'below';

/** Types whose neighbours make one list: items, and links to pages and databases below a page. */
const LISTED: Partial<Record<BlockType, ListKind>> = {
  bulleted_list_item: 'bulleted',
  numbered_list_item: 'numbered',
  to_do: 'to do',
  child_page: 'below',
  child_database: 'below',
};

/** Items hold definitions, too, as a type; none is ever made. */
const isBlock = (
  node: List['children'][0]['children'][0],
): node is BlockContent =>
  node.type !== 'definition' && node.type !== 'footnoteDefinition';

/** Blocks in a row, with one list for the items that follow each other. A link to a page that stands alone is no list. */
export function joinLists(blocks: readonly Converted[]): BlockContent[] {
  const result: BlockContent[] = [];
  const linksBelow = new Set<BlockContent>();
  let open: { list: List; kind: ListKind } | undefined;
  for (const { type, content } of blocks) {
    const kind = LISTED[type];
    const [first, ...rest] = content;
    if (kind && first?.type === 'list' && open?.kind === kind) {
      open.list.children.push(...first.children);
      result.push(...rest);
    } else {
      result.push(...content);
      if (kind && first?.type === 'list') {
        open = { list: first, kind };
        if (kind === 'below') linksBelow.add(first);
      } else if (content.length > 0) {
        // An empty paragraph between items is no end of their list.
        open = undefined;
      }
    }
    if (rest.length > 0) open = undefined;
  }
  return result.flatMap(each =>
    linksBelow.has(each) && each.type === 'list' && each.children.length === 1
      ? each.children[0].children.filter(isBlock)
      : [each],
  );
}
