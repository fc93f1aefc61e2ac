import type { BlockConverter } from '../convertBlock';
import { paragraphOf } from '../paragraphOf';

/** A row is written by its table. One without is a paragraph a cell. */
export const tableRow: BlockConverter<'table_row'> = (
  block,
  children,
  conversion,
) => [
  ...block.table_row.cells.flatMap(cell =>
    paragraphOf(conversion.richText(cell, block)),
  ),
  ...conversion.blocks(children),
];
