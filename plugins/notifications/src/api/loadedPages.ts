import type { InfiniteData } from '@tanstack/react-query';
import type {
  Notification,
  NotificationPage,
} from '@herald/backstage-plugin-notifications-common';

/** The pages of a list that are loaded, by cursor. */
export type LoadedPages = InfiniteData<NotificationPage, string | undefined>;

/** How the list is ordered and what of it is looked at, as far as merging needs to know. */
export type MergeRule = {
  order: 'newest' | 'oldest';
  read: 'all' | 'unread' | 'read' | 'archived';
};

/** When a message stands in the list, as the server orders it. */
export function momentOf({
  updated,
  created,
}: Pick<Notification, 'created' | 'updated'>): string {
  return updated ?? created;
}

export function loadedItems(loaded: LoadedPages | undefined): Notification[] {
  const seen = new Set<string>();
  return (loaded?.pages ?? [])
    .flatMap(page => page.items)
    .filter(item => !seen.has(item.id) && seen.add(item.id));
}

/** The cursor of the page at which new messages come in: the first one, or the last one where the oldest stand first. */
export function liveCursor(
  loaded: LoadedPages,
  order: MergeRule['order'],
): string | undefined {
  return order === 'newest' ? undefined : loaded.pageParams.at(-1);
}

export function arrivals(
  loaded: LoadedPages,
  live: NotificationPage,
): Notification[] {
  const known = new Set(loadedItems(loaded).map(item => item.id));
  return live.items.filter(item => !known.has(item.id));
}

/** Whether so much is new that between it and what is loaded there may be more, which nobody has seen. */
export function leavesGap(
  loaded: LoadedPages,
  live: NotificationPage,
  order: MergeRule['order'],
): boolean {
  return (
    order === 'newest' &&
    live.nextCursor !== undefined &&
    arrivals(loaded, live).length === live.items.length &&
    loadedItems(loaded).length > 0
  );
}

/** Whether the live page would hold the message, if it were still in the view. */
function isCovered(
  item: Notification,
  live: NotificationPage,
  order: MergeRule['order'],
  isFirstPage: boolean,
): boolean {
  const moments = live.items.map(momentOf).sort();
  const isLastPage = live.nextCursor === undefined;
  const [newestIsOpen, oldestIsOpen] =
    order === 'newest' ? [isFirstPage, isLastPage] : [isLastPage, isFirstPage];
  const [oldest, newest] = [moments[0], moments.at(-1)];
  const aboveOldest =
    oldestIsOpen || (oldest !== undefined && momentOf(item) > oldest);
  const belowNewest =
    newestIsOpen || (newest !== undefined && momentOf(item) < newest);
  return aboveOldest && belowNewest;
}

/**
 * What a loaded row has become. A row keeps its place until the view changes, so that nothing moves under the pointer: where
 * the view is of unread ones and the row has gone from it, somebody has read it, in another tab perhaps. Only in a view
 * of everything, or of what was put away, does a row that has gone mean a message that is not there any more.
 */
function refreshed(
  item: Notification,
  live: NotificationPage,
  rule: MergeRule,
  isFirstPage: boolean,
): Notification | undefined {
  const current = live.items.find(({ id }) => id === item.id);
  if (current || !isCovered(item, live, rule.order, isFirstPage)) {
    return current ?? item;
  }
  return rule.read === 'unread' || rule.read === 'read'
    ? { ...item, readByUser: rule.read === 'unread' }
    : undefined;
}

/**
 * Takes what the live page says about the rows that are loaded.
 */
export function refreshLoaded(
  loaded: LoadedPages,
  live: NotificationPage,
  rule: MergeRule,
): LoadedPages {
  if (leavesGap(loaded, live, rule.order)) {
    return loaded;
  }
  const isFirstPage = liveCursor(loaded, rule.order) === undefined;
  const pages = loaded.pages.map(page => ({
    ...page,
    items: page.items.flatMap(
      item => refreshed(item, live, rule, isFirstPage) ?? [],
    ),
  }));
  return { ...loaded, pages };
}

/**
 * Puts the messages of the live page that are not loaded in their place: new ones before all others, or behind them where the oldest
 * stand first; those that a mark has brought in among them.
 */
export function admitArrivals(
  loaded: LoadedPages,
  live: NotificationPage,
  order: MergeRule['order'],
): LoadedPages {
  if (loaded.pages.length === 0 || leavesGap(loaded, live, order)) {
    return { pages: [live], pageParams: [undefined] };
  }
  const merged = withRows(loaded, arrivals(loaded, live), order);
  const last = merged.pages.length - 1;
  const pages = merged.pages.map((page, index) =>
    order === 'oldest' && index === last
      ? { ...page, nextCursor: live.nextCursor }
      : page,
  );
  return { ...merged, pages };
}

/** Puts rows in that are not loaded, each where its time says. */
export function withRows(
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
