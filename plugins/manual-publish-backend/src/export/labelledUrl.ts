import { BlockContent } from 'mdast';
import { jsxBlock } from '../mdx/jsx';
import { cleanText } from '../source/cleanText';
import type { Block, Conversion } from './Conversion';
import { labelText } from './labelText';
import { followLink } from './links/followLink';
import { linkParagraph } from './linkParagraph';
import { paragraphOf } from './paragraphOf';
import type { RichText } from './richText/convertRichText';

type Labelled = {
  readonly url: string;
  readonly caption?: readonly RichText[];
};

/**
 * An address on a line of its own, in a component of the site. One that leads to a page of the export is an ordinary link; one that must
 * not be a link is text.
 */
export function labelledUrl(
  component: 'Bookmark' | 'Embed',
  block: Block,
  { url, caption = [] }: Labelled,
  conversion: Conversion,
): BlockContent[] {
  const title = labelText(caption);
  if (url.trim() === '') {
    return paragraphOf(conversion.richText(caption, block));
  }
  const target = followLink(url, conversion, block.id);
  if (target === undefined) {
    const text = title === '' ? cleanText(url) : `${title}: ${cleanText(url)}`;
    return [{ type: 'paragraph', children: [conversion.words(text, block)] }];
  }
  return /^https?:/i.test(target)
    ? [jsxBlock(component, { url: target, title: title || undefined })]
    : [linkParagraph(target, conversion.words(title || cleanText(url), block))];
}
