import type { Notification } from '@herald/backstage-plugin-notifications-common';
import { loadedItems, momentOf, type LoadedPages } from '../api/loadedPages';

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

/** Puts rows back that are not loaded any more, each where its time says. */
export function withRestored(
  loaded: LoadedPages,
  rows: readonly Notification[],
  order: 'newest' | 'oldest',
): LoadedPages {
  const known = new Set(loadedItems(loaded).map(({ id }) => id));
  return rows
    .filter(({ id }) => !known.has(id))
    .reduce((current, row) => inserted(current, row, order), loaded);
}

function inserted(
  loaded: LoadedPages,
  row: Notification,
  order: 'newest' | 'oldest',
): LoadedPages {
  const comesBefore = (item: Notification) =>
    order === 'newest'
      ? momentOf(row) > momentOf(item)
      : momentOf(row) < momentOf(item);
  const found = loaded.pages.findIndex(page => page.items.some(comesBefore));
  const place = found === -1 ? loaded.pages.length - 1 : found;
  return {
    ...loaded,
    pages: loaded.pages.map((page, index) => {
      if (index !== place) {
        return page;
      }
      const before = page.items.findIndex(comesBefore);
      const at = before === -1 ? page.items.length : before;
      return {
        ...page,
        items: [...page.items.slice(0, at), row, ...page.items.slice(at)],
      };
    }),
  };
}
