import type { BlockConverter } from '../convertBlock';
import { paragraphOf } from '../paragraphOf';

export const quote: BlockConverter<'quote'> = (block, children, conversion) => {
  const content = [
    ...paragraphOf(conversion.richText(block.quote.rich_text, block)),
    ...conversion.blocks(children),
  ];
  return content.length === 0
    ? []
    : [{ type: 'blockquote', children: content }];
};
