import type { BlockConverter } from '../convertBlock';
import { detailsOf } from '../detailsOf';
import { nameless } from '../nameless';

/** A button for writers that puts in what is below it. Readers see what that is. */
export const template: BlockConverter<'template'> = (
  block,
  children,
  conversion,
) => {
  const summary = conversion.richText(block.template.rich_text, block);
  const content = conversion.blocks(children);
  return summary.length === 0 && content.length === 0
    ? []
    : [detailsOf(nameless(summary), content)];
};
