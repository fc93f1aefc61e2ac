import { BlockContent, List, ListItem, PhrasingContent } from 'mdast';
import { paragraphOf } from './paragraphOf';

type ListKind = { readonly ordered: boolean; readonly start?: number };

/** A list of one item: neighbours are joined later. */
export function listOf(
  { ordered, start }: ListKind,
  text: PhrasingContent[],
  children: BlockContent[],
  checked?: boolean,
): List {
  const content = [...paragraphOf(text), ...children];
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
