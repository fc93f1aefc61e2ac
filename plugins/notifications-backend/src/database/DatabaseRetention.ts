import { Knex } from 'knex';
import { RetentionStore } from '../messages/Retention';
import { isPostgres, lockFeed, quietSeqs } from './engine';
import { inTransaction } from './inTransaction';
import { endMarksEpoch } from './UnreadBelow';

const TOLD_AT_ONCE = 200;
const ROWS_AT_ONCE = 2_500;
const ROWS_PER_INSERT = 100;

/**
 * What goes with a message, in the order in which it goes: first what could be counted without a target, then the targets, after
 * which the message reaches nobody, then what nobody can see any more.
 */
const PARTS = [
  { table: 'herald_read_mark', key: 'user_ref', isRead: false },
  { table: 'herald_target', key: 'ref' },
  { table: 'herald_read_mark', key: 'user_ref' },
  { table: 'herald_saved', key: 'user_ref' },
  { table: 'herald_exclusion', key: 'ref' },
] as const;

/** The end of messages: told to the feed when they expire, and deleted. */
export class DatabaseRetention implements RetentionStore {
  readonly #knex: Knex;
  readonly #now: () => Date;
  readonly #onGrowth: () => void;
  readonly #rows: number;

  /** @param options - `onGrowth` is told after every commit that has added to the feed; `rows` is how many a transaction deletes at the most */
  constructor(
    knex: Knex,
    options: { now: () => Date; onGrowth?: () => void; rows?: number },
  ) {
    this.#knex = knex;
    this.#now = options.now;
    this.#onGrowth = options.onGrowth ?? (() => {});
    this.#rows = options.rows ?? ROWS_AT_ONCE;
  }

  async tellExpired(): Promise<boolean> {
    // Mostly there is nothing, and then nobody is to wait for the lock of the feed.
    if ((await untold(this.#knex, this.#now()).first('id')) === undefined) {
      return false;
    }
    const count = await this.#knex.transaction(async tx => {
      await lockFeed(tx);
      const expired: { id: string; expires_at: string | number }[] =
        await untold(tx, this.#now())
          .orderBy('expires_at')
          .limit(TOLD_AT_ONCE)
          .select('id', 'expires_at');
      await tellWithdrawn(
        tx,
        expired.map(({ id }) => id),
        this.#now(),
      );
      await tx('herald_message')
        .whereIn(
          'id',
          expired.map(({ id }) => id),
        )
        .update({ told_expiry: tx.ref('expires_at') });
      return expired.length;
    });
    this.#onGrowth();
    return count === TOLD_AT_ONCE;
  }

  async purgeSome(olderThan: Date): Promise<boolean> {
    return inTransaction(this.#knex, async tx => {
      const ids = await this.#due(tx, olderThan);
      if (ids.length > 0) {
        await endMarksEpoch(tx);
      }
      let left = this.#rows;
      for (const part of PARTS) {
        left -= await deleteSome(tx, part, ids, left);
        if (left <= 0) {
          return true;
        }
      }
      await tx('herald_message').whereIn('id', ids.slice(0, left)).delete();
      return ids.length > 0;
    });
  }

  /** Locked until the transaction ends, less those that somebody is at, so that none is sent again by its scope meanwhile. */
  async #due(tx: Knex.Transaction, olderThan: Date): Promise<string[]> {
    const expired = tx('herald_message as m')
      .where('m.expires_at', '<=', this.#now().getTime())
      .whereRaw('m.told_expiry = m.expires_at');
    const old = tx('herald_message as m')
      .where('m.sort_at', '<', olderThan.getTime())
      .whereNotExists(
        tx('herald_saved as s')
          .select(tx.raw('1'))
          .whereRaw('s.message_id = m.id'),
      )
      .orderBy('m.sort_at');
    for (const query of [expired, old]) {
      const due = query.select('m.id').limit(Math.min(500, this.#rows));
      const ids = (
        await (isPostgres(tx) ? due.forUpdate('m').skipLocked() : due)
      ).map(({ id }) => id);
      if (ids.length > 0) {
        return ids;
      }
    }
    return [];
  }
}

/** Messages of whose end the feed has not been told. One whose expiry was corrected may have another end than it was told of. */
function untold(db: Knex, now: Date) {
  return db('herald_message')
    .where('expires_at', '<=', now.getTime())
    .where(other =>
      other.whereNull('told_expiry').orWhereRaw('told_expiry <> expires_at'),
    );
}

/** For streams there is no difference to a message that is withdrawn. The caller has the lock of the feed. */
async function tellWithdrawn(
  tx: Knex.Transaction,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  const [targets, exclusions] = [
    await refsOf(tx, 'herald_target', ids),
    await refsOf(tx, 'herald_exclusion', ids),
  ];
  const seqs = await quietSeqs(tx, ids.length);
  const rows = ids.map((id, index) => ({
    seq: seqs[index],
    kind: 'withdrawal',
    message_id: id,
    payload: JSON.stringify({
      targets: targets.get(id) ?? [],
      exclusions: exclusions.get(id) ?? [],
    }),
    at: now.getTime(),
  }));
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    await tx('herald_feed').insert(rows.slice(start, start + ROWS_PER_INSERT));
  }
}

async function refsOf(
  tx: Knex.Transaction,
  table: string,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const refs = new Map<string, string[]>();
  for (const row of await tx(table)
    .whereIn('message_id', ids)
    .select('message_id', 'ref')) {
    refs.set(row.message_id, [...(refs.get(row.message_id) ?? []), row.ref]);
  }
  return refs;
}

async function deleteSome(
  tx: Knex.Transaction,
  part: (typeof PARTS)[number],
  messageIds: readonly string[],
  limit: number,
): Promise<number> {
  const key = ['message_id', part.key];
  const some = tx(part.table)
    .whereIn('message_id', messageIds)
    .select(key)
    .limit(limit);
  if ('isRead' in part) {
    some.where({ is_read: part.isRead });
  }
  return tx(part.table).whereIn(key, some).delete();
}
