import type { Notification } from '@herald/backstage-plugin-notifications-common';
import type { LoadedPages } from '../api/loadedPages';

/** The loaded pages with some rows changed; what is left alone stays the same object, and is not rendered. */
export function withChange(
  loaded: LoadedPages,
  change: (item: Notification) => Notification,
): LoadedPages {
  return {
    ...loaded,
    pages: loaded.pages.map(page => ({
      ...page,
      items: page.items.map(change),
    })),
  };
}
