import { Code } from 'mdast';
import { isPlainMdx } from '../../mdx/isPlainMdx';
import { shownTitles } from '../../mdx/labelledAdmonitions';
import { MDX_CODE, shownFences } from '../../mdx/unwrapMdxCode';
import type { BlockConverter } from '../convertBlock';
import { cleanText } from '../../source/cleanText';
import { languageOf } from '../codeLanguages';
import { figureOf } from '../figureOf';
import { paragraphOf } from '../paragraphOf';
import { plainText } from '../richText/plainText';

/** The name of a file, which is a title above the code and is not translated. */
const FILE_NAME = /^[\w./@-]+\.\w+$/;

/**
 * Code as it is, with its caption: the name of a file is the title of the block, all other words stand below it. MDX that is to be a
 * part of the page, but must not be or would break it, is shown as code.
 */
export const code: BlockConverter<'code'> = (block, children, conversion) => {
  const { rich_text: items, caption, language } = block.code;
  const captionText = plainText(caption ?? []);
  const isFile = FILE_NAME.test(captionText);
  const value = shownFences(cleanText(plainText(items)));
  const lang = languageOf(language);
  const isRefused =
    lang === MDX_CODE &&
    (!conversion.budget.takesMdx(value) ||
      !isPlainMdx(value) ||
      /`{4}/.test(value));
  if (lang === MDX_CODE && value.trim() === '') {
    return [
      ...paragraphOf(conversion.richText(caption ?? [], block)),
      ...conversion.blocks(children),
    ];
  }
  if (isRefused) {
    conversion.warn(
      'mdx-refused',
      'MDX is shown as code, as it does not compile, runs code, uses components that the site does not have, or is very long',
      block.id,
    );
  }
  const content: Code = {
    type: 'code',
    lang: isRefused ? 'jsx' : lang,
    meta: isFile && lang !== MDX_CODE ? `title="${captionText}"` : null,
    value: lang === MDX_CODE && !isRefused ? value : shownTitles(value),
  };
  return [
    ...figureOf(
      content,
      content.meta ? [] : conversion.richText(caption ?? [], block),
    ),
    ...conversion.blocks(children),
  ];
};
