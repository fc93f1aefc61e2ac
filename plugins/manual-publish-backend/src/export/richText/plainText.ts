import type { RichTextItemResponse } from '@notionhq/client';

/** Rich text without its styles. */
export const plainText = (items: readonly RichTextItemResponse[]): string =>
  items.map(item => item.plain_text).join('');
