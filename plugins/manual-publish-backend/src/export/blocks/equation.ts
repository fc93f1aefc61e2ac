import { BlockContent } from 'mdast';
import type { BlockConverter } from '../convertBlock';
import { isDeepFormula } from '../../mdx/isDeepFormula';
import { shownTitles } from '../../mdx/labelledAdmonitions';
import { shownFences } from '../../mdx/unwrapMdxCode';
import { cleanText } from '../../source/cleanText';

export const equation: BlockConverter<'equation'> = (
  block,
  children,
  conversion,
) => {
  const tex = cleanText(block.equation.expression);
  const lines = shownTitles(shownFences(tex)).split('\n');
  // Empty lines end a formula in TeX, and mean nothing in one.
  const value = lines
    .filter(line => line.trim() !== '')
    .join('\n')
    .trim();
  const isDeep = isDeepFormula(value);
  if (isDeep) conversion.warnOfDeepFormula(block.id);
  const formula: BlockContent = isDeep
    ? { type: 'code', lang: 'latex', value }
    : { type: 'math', value };
  return [...(value === '' ? [] : [formula]), ...conversion.blocks(children)];
};
