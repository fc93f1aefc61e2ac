/**
 * How ids of headings are written. Both are read by Docusaurus 3.10 as they are, with and without its flags for version 4:
 *
 * - `mdx`: `## Title {/* #id *\/}`, a comment of MDX. Docusaurus looks for it first. (The comments of the old HTML kind need
 *   `mdx1Compat.comments`; this does not.)
 * - `classic`: `## Title \{#id}`. Without the backslash it is no MDX: `mdx1Compat.headingIds`, which version 4 switches off, puts the
 *   backslash there before it parses, and only where the heading is not inside of a list or quote. So it is written at once.
 */
export type HeadingIds = 'mdx' | 'classic';

export type MdxOptions = { readonly headingIds: HeadingIds };
