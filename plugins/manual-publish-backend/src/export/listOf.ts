import { BlockContent, List, ListItem, PhrasingContent } from 'mdast';
import { jsxBlock } from '../mdx/jsx';
import { MDX_CODE } from '../mdx/unwrapMdxCode';
import { paragraphOf } from './paragraphOf';

type ListKind = { readonly ordered: boolean; readonly start?: number };

/** A list of one item: neighbours are joined later. */
export function listOf(
  { ordered, start }: ListKind,
  text: PhrasingContent[],
  children: BlockContent[],
  checked?: boolean,
): List {
  const content = apartFromMarker([...paragraphOf(text), ...children]);
  const item: ListItem = {
    type: 'listItem',
    spread: false,
    // A box needs text beside it to be read as one.
    checked: checked !== undefined && text.length > 0 ? checked : null,
    children: content,
  };
  return {
    type: 'list',
    ordered,
    ...(ordered ? { start: start ?? 1 } : {}),
    spread: false,
    children: [item],
  };
}

/** Docusaurus does not find MDX of a writer's in the line of the item's marker. */
function apartFromMarker(content: BlockContent[]): BlockContent[] {
  const [first, ...rest] = content;
  return first?.type === 'code' && first.lang === MDX_CODE
    ? [jsxBlock('div', {}, [first]), ...rest]
    : content;
}
