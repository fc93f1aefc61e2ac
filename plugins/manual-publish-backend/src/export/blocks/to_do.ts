import type { BlockConverter } from '../convertBlock';
import { listOf } from '../listOf';

export const toDo: BlockConverter<'to_do'> = (block, children, conversion) => [
  listOf(
    { ordered: false },
    conversion.richText(block.to_do.rich_text, block),
    conversion.blocks(children),
    block.to_do.checked,
  ),
];
