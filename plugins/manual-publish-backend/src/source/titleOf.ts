import type { PageObjectResponse } from '@notionhq/client';
import { pageName } from './pageName';

/** What a page is called. */
export function titleOf(page: PageObjectResponse): string {
  const title = Object.values(page.properties).find(
    property => property.type === 'title',
  );
  return pageName(
    title?.type === 'title'
      ? title.title.map(part => part.plain_text).join('')
      : '',
  );
}
