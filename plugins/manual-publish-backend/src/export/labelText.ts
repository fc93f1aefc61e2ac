import { cleanText } from '../source/cleanText';
import type { RichText } from './richText/convertRichText';
import { plainText } from './richText/plainText';

/** Words on one line, for where there can be no Markdown: attributes and alternative texts. */
export const labelText = (items: readonly RichText[]): string =>
  cleanText(plainText(items)).replace(/\s+/g, ' ').trim();
