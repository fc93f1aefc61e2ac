import { Paragraph, PhrasingContent } from 'mdast';

/** A paragraph, or nothing where there is no text. */
export const paragraphOf = (children: PhrasingContent[]): Paragraph[] =>
  children.length === 0 ? [] : [{ type: 'paragraph', children }];
