import type { BlockConverter } from '../convertBlock';
import { jsxBlock } from '../../mdx/jsx';

export const column: BlockConverter<'column'> = (
  block,
  children,
  conversion,
) => [
  jsxBlock(
    'Column',
    { width: percent(block.column.width_ratio) },
    conversion.blocks(children),
  ),
];

/** Notion says a part of one; the component wants percent. */
function percent(ratio: number | undefined): string | undefined {
  const width = Math.round((ratio ?? 0) * 100);
  return width > 0 && width < 100 ? String(width) : undefined;
}
