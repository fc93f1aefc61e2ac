import { Link, Paragraph, PhrasingContent } from 'mdast';

/** A link that stands for itself. */
export const linkTo = (url: string, words: PhrasingContent): Link => ({
  type: 'link',
  url,
  children: [words],
});

export const linkParagraph = (
  url: string,
  words: PhrasingContent,
): Paragraph => ({
  type: 'paragraph',
  children: [linkTo(url, words)],
});
