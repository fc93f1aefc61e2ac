/** Code of this language is no code for Docusaurus: before it parses a page, it takes the fences away. */
export const MDX_CODE = 'mdx-code-block';

const FENCED = /(^|\n) *(```|````) *mdx-code-block\n(.*?)\n *\2(?=\n|$)/gs;

/** The text as Docusaurus parses it. */
export const unwrapMdxCode = (text: string): string =>
  text.replace(FENCED, '$1$3');
