import { Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import { InboxFilter } from '../messages/MessageStore';
import { ReaderState } from './readerState';

const READERS_REMEMBERED = 1_000;
const FILTERS_REMEMBERED = 20;
/** A version before this one changes marks without saying so; milliseconds. */
const REMEMBERED_FOR = 10 * 60_000;

/** How many messages are marked as unread below the floors, and of when that is. */
type CountBelow = {
  count: number;
  /** What `marksFingerprint` was in the statement that counted. */
  marksAsOf: string;
  /** When the first of those that were counted expires; `undefined` where none does. */
  endsAt: number | undefined;
};

/**
 * Counts of unread marks below the floors, as this process saw them last: whoever leaves thousands unread would have them counted
 * anew each time. A remembered one is never believed: the statement that is made with it says whether it still held, whoever has
 * changed a mark meanwhile, on whatever replica.
 */
export class UnreadBelow {
  readonly #readers = new LRUCache<string, LRUCache<string, CountBelow>>({
    max: READERS_REMEMBERED,
  });

  /** What is remembered of just this state and filter, and has not ended. */
  find(state: ReaderState, filter: InboxFilter): CountBelow | undefined {
    const found = this.#readers.get(state.userRef)?.get(keyOf(state, filter));
    return found && (found.endsAt === undefined || found.endsAt > state.now)
      ? found
      : undefined;
  }

  remember(state: ReaderState, filter: InboxFilter, count: CountBelow): void {
    const counts =
      this.#readers.get(state.userRef) ??
      new LRUCache<string, CountBelow>({
        max: FILTERS_REMEMBERED,
        ttl: REMEMBERED_FOR,
      });
    counts.set(keyOf(state, filter), count);
    this.#readers.set(state.userRef, counts);
  }

  /** Spares the next count a statement that would only find out that something has changed. */
  forget(userRef: string): void {
    this.#readers.delete(userRef);
  }
}

/** All by which the marks of a reader are chosen, but for the clock. */
function keyOf(
  { floors, muting }: ReaderState,
  { scope, origins, topics }: InboxFilter,
): string {
  return JSON.stringify([floors, muting, scope, origins, topics]);
}

/**
 * An expression that is the same while no mark of a reader has changed: whatever they say is told to the feed in the same
 * transaction, and what others do to marks raises `marks_epoch`.
 */
export const marksFingerprint = (knex: Knex, userRef: string): Knex.Raw =>
  knex.raw(
    `(coalesce((SELECT max(seq) FROM herald_feed WHERE user_ref = ?), 0) || ' ' ||
      (SELECT marks_epoch FROM herald_feed_state WHERE id = 1))`,
    [userRef],
  );

/** Says, as a part of a transaction, that it has changed or deleted marks of others. Comes before changes of rows of the feed. */
export async function endMarksEpoch(tx: Knex.Transaction): Promise<void> {
  await tx('herald_feed_state').where({ id: 1 }).increment('marks_epoch', 1);
}
