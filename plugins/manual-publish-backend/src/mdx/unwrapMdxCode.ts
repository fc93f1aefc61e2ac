/** Code of this language is no code for Docusaurus: before it parses a page, it takes the fences away. */
export const MDX_CODE = 'mdx-code-block';

const FENCED = /(^|\n) *(```|````) *mdx-code-block\n(.*?)\n *\2(?=\n|$)/gs;

/** The text as Docusaurus parses it. */
export const unwrapMdxCode = (text: string): string =>
  text.replace(FENCED, '$1$3');

/**
 * Docusaurus takes the fences of `mdx-code-block` away before it parses, also those that other code or a formula shows. A tab
 * between fence and word, which looks the same, keeps it from doing so.
 */
export const shownFences = (text: string): string =>
  text.replace(/^([^\S\n]*`{3,}) *(?=mdx-code-block)/gm, '$1\t');
