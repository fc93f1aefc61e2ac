import { cleanText } from '../export/cleanText';
import { BlockNode, PageSnapshot } from '../source/PageSnapshot';

/** On one line; never empty, as it is what people click. */
export function pageTitle({ page }: PageSnapshot): string {
  const property = Object.values(page.properties).find(
    each => each.type === 'title',
  );
  const text =
    property?.type === 'title'
      ? property.title.map(item => item.plain_text).join('')
      : '';
  return cleanText(text).replace(/\s+/g, ' ').trim() || 'Untitled';
}

/** Whether a page has more on it than the pages below it. */
export function hasText({ blocks }: PageSnapshot): boolean {
  return blocks.some(isText);
}

function isText({ block, children, problem }: BlockNode): boolean {
  if (problem !== undefined || children.length > 0) return true;
  switch (block.type) {
    case 'child_page':
    case 'child_database':
    case 'divider':
    case 'breadcrumb':
    case 'table_of_contents':
      return false;
    case 'paragraph':
      return block.paragraph.rich_text.length > 0;
    default:
      return true;
  }
}
