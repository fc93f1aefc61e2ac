import type { BlockConverter } from '../convertBlock';
import { listOf } from '../listOf';

/** Markdown begins lists at no more than nine digits. */
const startOf = (index: number | undefined) =>
  index !== undefined && Number.isInteger(index) && index >= 0 && index < 1e8
    ? index
    : 1;

/** The first item says where the list begins. Markdown has numbers only: letters and Roman ones of Notion are numbers. */
export const numberedListItem: BlockConverter<'numbered_list_item'> = (
  block,
  children,
  conversion,
) => [
  listOf(
    {
      ordered: true,
      start: startOf(block.numbered_list_item.list_start_index),
    },
    conversion.richText(block.numbered_list_item.rich_text, block),
    conversion.blocks(children),
  ),
];
