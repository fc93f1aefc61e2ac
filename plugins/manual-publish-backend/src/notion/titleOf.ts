import type { PageObjectResponse } from '@notionhq/client';

export function titleOf(page: PageObjectResponse): string {
  for (const property of Object.values(page.properties)) {
    if (property.type === 'title') {
      return property.title.map(part => part.plain_text).join('');
    }
  }
  return '';
}
