import { Code } from 'mdast';
import type { BlockConverter } from '../convertBlock';
import { cleanText } from '../cleanText';
import { languageOf } from '../codeLanguages';
import { figureOf } from '../figureOf';
import { plainText } from '../richText/plainText';

/** The name of a file, which is a title above the code and is not translated. */
const FILE_NAME = /^[\w./@-]+\.\w+$/;

/** Code as it is, with its caption: the name of a file is the title of the block, all other words stand below it. */
export const code: BlockConverter<'code'> = (block, children, conversion) => {
  const { rich_text: items, caption, language } = block.code;
  const captionText = plainText(caption ?? []);
  const isFile = FILE_NAME.test(captionText);
  const content: Code = {
    type: 'code',
    lang: languageOf(language),
    meta: isFile ? `title="${captionText}"` : null,
    value: codeText(plainText(items)),
  };
  return [
    ...figureOf(
      content,
      isFile ? [] : conversion.richText(caption ?? [], block),
    ),
    ...conversion.blocks(children),
  ];
};

/**
 * Docusaurus takes the fences of `mdx-code-block` away before it parses, also those that code of another language shows. A tab
 * between fence and word, which looks the same, keeps it from doing so.
 */
const codeText = (text: string): string =>
  cleanText(text).replace(/^(\s*`{3,}) *(?=mdx-code-block)/gm, '$1\t');
