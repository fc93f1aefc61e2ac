import { Root } from 'mdast';
import { directiveFromMarkdown } from 'mdast-util-directive';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mathFromMarkdown } from 'mdast-util-math';
import { mdxFromMarkdown } from 'mdast-util-mdx';
import { directive } from 'micromark-extension-directive';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';
import { math } from 'micromark-extension-math';
import { mdxjs } from 'micromark-extension-mdxjs';

/** MDX, and what Docusaurus reads on top of it. */
const parserOptions = {
  extensions: [mdxjs(), frontmatter('yaml'), gfm(), math(), directive()],
  mdastExtensions: [
    mdxFromMarkdown(),
    frontmatterFromMarkdown('yaml'),
    gfmFromMarkdown(),
    mathFromMarkdown(),
    directiveFromMarkdown(),
  ],
};

/** The tree of a text, as remark has it. @throws VFileMessage where it is no MDX */
export function parseMdx(text: string): Root {
  return fromMarkdown(text, parserOptions);
}
