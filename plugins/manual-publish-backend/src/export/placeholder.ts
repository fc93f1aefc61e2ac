import { Paragraph } from 'mdast';
import { cleanText } from '../source/cleanText';

/** What readers see in place of what could not be written: a sentence that links to the block in Notion. */
export const placeholder = (text: string, url: string): Paragraph => ({
  type: 'paragraph',
  children: [
    {
      type: 'emphasis',
      children: [
        {
          type: 'link',
          url,
          children: [{ type: 'text', value: cleanText(text) }],
        },
      ],
    },
  ],
});
