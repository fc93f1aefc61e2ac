import type { Notification } from '@herald/backstage-plugin-notifications-common';
import { momentOf } from '../api/loadedPages';

/** More than this many in a row are one burst. */
export const LONGEST_RUN = 5;
const BURST_MS = 10 * 60_000;

/** A row of the list: a message, or many that came together. */
export type Entry =
  | { kind: 'single'; item: Notification }
  | { kind: 'burst'; items: [Notification, ...Notification[]] };

function belongTogether(
  first: Notification,
  item: Notification,
  isFresh: (item: Notification) => boolean,
): boolean {
  const apart = Math.abs(
    Date.parse(momentOf(first)) - Date.parse(momentOf(item)),
  );
  return (
    isFresh(item) &&
    item.origin === first.origin &&
    item.topic === first.topic &&
    apart <= BURST_MS
  );
}

/**
 * Folds runs of messages of one origin and topic, all of them fresh and sent within ten minutes.
 *
 * @param items - in order of time
 * @param isFresh - whether the message was unread when it was first seen: a burst does not fall apart as its messages are read
 */
export function foldBursts(
  items: readonly Notification[],
  isFresh: (item: Notification) => boolean,
): Entry[] {
  const entries: Entry[] = [];
  let next = 0;
  while (next < items.length) {
    const first = items[next];
    const run: [Notification, ...Notification[]] = [first];
    while (
      isFresh(first) &&
      next + run.length < items.length &&
      belongTogether(first, items[next + run.length], isFresh)
    ) {
      run.push(items[next + run.length]);
    }
    if (run.length > LONGEST_RUN) {
      entries.push({ kind: 'burst', items: run });
    } else {
      // Only the first: what follows may begin a run of its own.
      run.length = 1;
      entries.push({ kind: 'single', item: first });
    }
    next += run.length;
  }
  return entries;
}
