import type {
  ListNotificationsQuery,
  Notification,
} from '@herald/backstage-plugin-notifications-common';
import type { LiveEvent } from './live/liveNotificationsApi';
import {
  loadedItems,
  momentOf,
  type LoadedPages,
  type MergeRule,
} from './loadedPages';
import { markedArchived, markedRead, markedSaved } from './marked';

type RowEvent = Exclude<LiveEvent, { type: 'ready' | 'refresh' }>;

/** What a row becomes by an event; the same object where it is not meant, `undefined` where its message is gone. */
function rowAfter(
  item: Notification,
  { type, data }: RowEvent,
): Notification | undefined {
  if ('messageIds' in data && !data.messageIds.includes(item.id)) {
    return item;
  }
  switch (type) {
    case 'message':
      return item.id === data.id ? data : item;
    case 'correction': {
      const { readByUser, archived, saved } = item;
      return item.id === data.id
        ? { ...data, readByUser, archived, saved }
        : item;
    }
    case 'read':
      return markedRead(item, data.read);
    case 'saved':
      return markedSaved(item, data.saved);
    case 'archived':
      return markedArchived(item, data.archived);
    default:
      return undefined;
  }
}

/** The rows after an event; what it does not mean stays the same object. */
export function rowsAfter(
  items: readonly Notification[],
  event: RowEvent,
): Notification[] {
  return items.flatMap(item => rowAfter(item, event) ?? []);
}

/** The loaded pages after an event, every row in its place; the same object where no row is meant. */
export function pagesAfter(loaded: LoadedPages, event: RowEvent): LoadedPages {
  const pages = loaded.pages.map(page => {
    const items = rowsAfter(page.items, event);
    const isSame =
      items.length === page.items.length &&
      items.every((item, index) => item === page.items[index]);
    return isSame ? page : { ...page, items };
  });
  return pages.every((page, index) => page === loaded.pages[index])
    ? loaded
    : { ...loaded, pages };
}

/** How each filter is decided here. Those that a list has beyond these the server decides. */
const DECIDED: {
  [Name in keyof ListNotificationsQuery]?: (
    item: Notification,
    wanted: NonNullable<ListNotificationsQuery[Name]>,
  ) => boolean;
} = {
  messageScope: ({ isSystem }, scope) =>
    scope === 'all' || isSystem === (scope === 'system'),
  read: ({ readByUser }, read) => readByUser === read,
  saved: (item, saved) => item.saved === saved,
  archived: (item, archived) => item.archived === archived,
  origin: ({ origin }, origins) => origins.includes(origin),
  topic: ({ topic }, topics) => topic !== undefined && topics.includes(topic),
  severity: ({ severity }, severities) => severities.includes(severity),
  createdAfter: (item, after) => Date.parse(momentOf(item)) > Date.parse(after),
  // These narrow nothing.
  orderBy: () => true,
  orderByDirec: () => true,
  pageSize: () => true,
  pageNumber: () => true,
  total: () => true,
};

/** Whether the query lists what is not archived, and nothing else. */
function hidesArchived({ archived, saved }: ListNotificationsQuery): boolean {
  return archived === undefined && saved !== true;
}

/** Whether what a mark says is what the query wants. */
function isWanted(event: RowEvent, query: ListNotificationsQuery): boolean {
  switch (event.type) {
    case 'read':
      // What becomes unread leaves the archive.
      return (
        event.data.read === query.read ||
        (!event.data.read && hidesArchived(query))
      );
    case 'archived':
      return (
        event.data.archived === query.archived ||
        (!event.data.archived && hidesArchived(query))
      );
    case 'saved':
      return event.data.saved === query.saved;
    default:
      return false;
  }
}

/** Whether a mark may bring messages into the list that are not loaded in it: only the server knows what they say. */
export function mayBringIn(
  event: RowEvent,
  query: ListNotificationsQuery,
  loaded: LoadedPages,
): boolean {
  return (
    'messageIds' in event.data &&
    isWanted(event, query) &&
    event.data.messageIds.some(id => !isLoaded(loaded, id))
  );
}

/**
 * Whether a correction may bring its message back into the list, from which it had gone when it expired. What its reader has said of it
 * only the server knows.
 */
export function mayBringBack(
  event: RowEvent,
  query: ListNotificationsQuery,
  loaded: LoadedPages,
): boolean {
  if (event.type !== 'correction' || isLoaded(loaded, event.data.id)) {
    return false;
  }
  const { read: _, archived: __, saved: ___, ...about } = query;
  const unmarked = { readByUser: false, archived: false, saved: false };
  return (
    reachesTo(loaded, event.data, query) &&
    fitsQuery({ ...event.data, ...unmarked }, about) !== false
  );
}

/** Whether so much is loaded that a message of this time would be among it. */
function reachesTo(
  loaded: LoadedPages,
  message: Pick<Notification, 'created' | 'updated'>,
  { orderByDirec }: ListNotificationsQuery,
): boolean {
  const last = loadedItems(loaded).at(-1);
  if (!last || loaded.pages.at(-1)?.nextCursor === undefined) {
    return true;
  }
  return orderByDirec === 'asc'
    ? momentOf(message) <= momentOf(last)
    : momentOf(message) >= momentOf(last);
}

/**
 * Whether a message is one of those that the query lists.
 *
 * @returns `undefined` where only the server can tell
 */
export function fitsQuery(
  item: Notification,
  query: ListNotificationsQuery,
): boolean | undefined {
  if (hidesArchived(query) && item.archived) {
    return false;
  }
  let isCertain = true;
  for (const [name, wanted] of Object.entries(query)) {
    if (wanted !== undefined) {
      const decide = DECIDED[name as keyof typeof DECIDED] as
        | ((item: Notification, wanted: unknown) => boolean)
        | undefined;
      if (decide && !decide(item, wanted)) {
        return false;
      }
      isCertain = isCertain && decide !== undefined;
    }
  }
  return isCertain ? true : undefined;
}

/** Whether the place at which new messages come in is loaded. */
export function takesArrivals(
  loaded: LoadedPages,
  order: MergeRule['order'],
): boolean {
  return (
    loaded.pages.length > 0 &&
    (order === 'newest' || loaded.pages.at(-1)?.nextCursor === undefined)
  );
}

/** Puts messages that have come where the list grows, and takes them from where they stood before. */
export function admitStreamed(
  loaded: LoadedPages,
  arrived: readonly Notification[],
  order: MergeRule['order'],
): LoadedPages {
  const ids = new Set(arrived.map(({ id }) => id));
  const sorted = [...arrived].sort((a, b) =>
    momentOf(a).localeCompare(momentOf(b)),
  );
  const last = loaded.pages.length - 1;
  return {
    ...loaded,
    pages: loaded.pages.map((page, index) => {
      const kept = page.items.filter(({ id }) => !ids.has(id));
      if (order === 'newest' && index === 0) {
        return { ...page, items: [...sorted.reverse(), ...kept] };
      }
      return order === 'oldest' && index === last
        ? { ...page, items: [...kept, ...sorted] }
        : { ...page, items: kept };
    }),
  };
}

export function isLoaded(loaded: LoadedPages, id: string): boolean {
  return loadedItems(loaded).some(item => item.id === id);
}
