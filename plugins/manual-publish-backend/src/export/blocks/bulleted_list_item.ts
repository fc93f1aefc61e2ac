import type { BlockConverter } from '../convertBlock';
import { listOf } from '../listOf';

export const bulletedListItem: BlockConverter<'bulleted_list_item'> = (
  block,
  children,
  conversion,
) => [
  listOf(
    { ordered: false },
    conversion.richText(block.bulleted_list_item.rich_text, block),
    conversion.blocks(children),
  ),
];
