import type { BlockConverter } from '../convertBlock';
import { detailsOf } from '../detailsOf';
import { nameless } from '../nameless';

export const toggle: BlockConverter<'toggle'> = (
  block,
  children,
  conversion,
) => {
  const summary = conversion.richText(block.toggle.rich_text, block);
  const content = conversion.blocks(children);
  return summary.length === 0 && content.length === 0
    ? []
    : [detailsOf(nameless(summary), content)];
};
