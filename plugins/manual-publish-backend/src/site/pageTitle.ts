import { BlockNode, PageSnapshot } from '../source/PageSnapshot';
import { titleOf } from '../source/titleOf';

export const pageTitle = ({ page }: PageSnapshot): string => titleOf(page);

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
