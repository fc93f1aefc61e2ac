import type { BlockConverter } from '../convertBlock';
import { holdsMdxCode } from '../../mdx/holdsMdxCode';
import { jsxBlock } from '../../mdx/jsx';
import { paragraphOf } from '../paragraphOf';

/** Docusaurus does not find MDX of a writer's behind the markers of a quote, so a quote that has some in it is an element. */
export const quote: BlockConverter<'quote'> = (block, children, conversion) => {
  const content = [
    ...paragraphOf(conversion.richText(block.quote.rich_text, block)),
    ...conversion.blocks(children),
  ];
  if (holdsMdxCode(content)) return [jsxBlock('blockquote', {}, content)];
  return content.length === 0
    ? []
    : [{ type: 'blockquote', children: content }];
};
