import type { BlockConverter } from '../convertBlock';
import { paragraphOf } from '../paragraphOf';

/** Markdown does not indent paragraphs: what is below one follows it. Empty ones, which are space in Notion, are left out. */
export const paragraph: BlockConverter<'paragraph'> = (
  block,
  children,
  conversion,
) => [
  ...paragraphOf(conversion.richText(block.paragraph.rich_text, block)),
  ...conversion.blocks(children),
];
