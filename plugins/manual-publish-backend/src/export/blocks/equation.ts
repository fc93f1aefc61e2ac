import type { BlockConverter } from '../convertBlock';
import { shownFences } from '../../mdx/unwrapMdxCode';
import { cleanText } from '../../source/cleanText';

export const equation: BlockConverter<'equation'> = (
  block,
  children,
  conversion,
) => {
  const lines = shownFences(cleanText(block.equation.expression)).split('\n');
  // Empty lines end a formula in TeX, and mean nothing in one.
  const value = lines
    .filter(line => line.trim() !== '')
    .join('\n')
    .trim();
  return [
    ...(value === '' ? [] : [{ type: 'math' as const, value }]),
    ...conversion.blocks(children),
  ];
};
