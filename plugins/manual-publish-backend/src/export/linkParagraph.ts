import { Paragraph, Link } from 'mdast';

/** A link that stands for itself. */
export const linkTo = (url: string, text: string): Link => ({
  type: 'link',
  url,
  children: [{ type: 'text', value: text }],
});

export const linkParagraph = (url: string, text: string): Paragraph => ({
  type: 'paragraph',
  children: [linkTo(url, text)],
});
