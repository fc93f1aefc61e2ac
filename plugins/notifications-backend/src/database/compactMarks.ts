import { Knex } from 'knex';
import { lockReader } from './lockReader';
import { ReaderState } from './readerState';

/**
 * Raises the floors of somebody who has read most of what they were sent one by one, so that a count need not weigh each target
 * against its mark. What is unread below the new floor gets a mark that says so; marks that say read are not needed there any
 * more, and go with the next visit. Nothing that the reader sees changes, not even for a request that has read the old floors.
 *
 * @param worthwhile - fewer marks than this cost a count nothing
 * @param lowestFloor - of all floors of the reader, also those of groups that they have left
 * @returns the floor below which everything counts as read now, unless a mark says not; 0 where nothing was done
 */
export async function compactMarks(
  knex: Knex,
  state: ReaderState,
  worthwhile: number,
  lowestFloor: number,
): Promise<number> {
  const { userRef } = state;
  const floor = Math.min(...state.floors.map(({ floorSeq }) => floorSeq));
  // Those below all floors of an earlier visit, also of groups that the reader has left and may come back to, say nothing any
  // more, and neither do archived ones of an earlier clear. They were left till now, because requests that were under way when
  // the floors rose had read the lower ones; so may this one have, and the floors that count are those which it has read.
  await knex('herald_read_mark')
    .where({ user_ref: userRef, is_read: true })
    .where(needless =>
      needless
        .where({ is_archived: true })
        .where('seq', '<=', state.archivedSeq)
        .orWhere(plain =>
          plain
            .where({ is_archived: false })
            .where('seq', '<=', lowestFloor)
            // Those below say that something was taken back from the archive.
            .where('seq', '>', state.archivedSeq),
        ),
    )
    .delete();
  const read = await knex('herald_read_mark')
    .where({ user_ref: userRef, is_read: true })
    .where('seq', '>', floor)
    .count({ count: '*' })
    .max({ newest: 'seq' })
    .first();
  const readMarks = Number(read?.count ?? 0);
  if (readMarks < worthwhile) {
    return 0;
  }
  const newest = Number(read?.newest);
  return knex.transaction(async tx => {
    // One at a time for each reader. Another one has done it by the time this one's turn comes, and finds little to do.
    await lockReader(tx, userRef);
    if (await hasChanged(tx, state)) {
      return 0;
    }
    const unread = unreadUpTo(tx, state, newest);
    const { count } = (await tx
      .from(unread.clone().as('unread'))
      .count({ count: '*' })
      .first()) ?? { count: 0 };
    // Else the marks would only change their kind.
    if (Number(count) > readMarks / 2) {
      return 0;
    }
    // By hand: knex leaves out what is to happen on a conflict where it inserts from a query on SQLite.
    const marks = unread
      .select(
        tx.raw('? AS user_ref', [userRef]),
        tx.raw('? AS is_read', [false]),
      )
      .toSQL();
    await tx.raw(
      `INSERT INTO herald_read_mark (message_id, seq, ref, origin, topic, expires_at, user_ref, is_read)
       ${marks.sql}
       ON CONFLICT (message_id, user_ref) DO UPDATE SET
         seq = excluded.seq, is_read = excluded.is_read, ref = excluded.ref, origin = excluded.origin,
         topic = excluded.topic, expires_at = excluded.expires_at
       -- A mark of an earlier seq means nothing; one of this seq was made meanwhile.
       WHERE herald_read_mark.seq < excluded.seq`,
      [...marks.bindings],
    );
    await tx('herald_read_floor')
      .where('user_ref', userRef)
      .where('floor_seq', '<', newest)
      .update({ floor_seq: newest });
    return newest;
  });
}

/** Whether all was read or archived since the state was read: what was unread then may not be marked as unread now. */
async function hasChanged(
  tx: Knex.Transaction,
  { userRef, floors, archivedSeq }: ReaderState,
): Promise<boolean> {
  const reader = await tx('herald_reader')
    .where('user_ref', userRef)
    .first('archived_seq');
  const known = new Map(floors.map(({ ref, floorSeq }) => [ref, floorSeq]));
  const stored = await tx('herald_read_floor')
    .where('user_ref', userRef)
    .select('ref', 'floor_seq');
  return (
    Number(reader?.archived_seq) !== archivedSeq ||
    stored.some(
      ({ ref, floor_seq: seq }) => Number(seq) > (known.get(ref) ?? Infinity),
    )
  );
}

/** Each message that counts as unread by a floor and by no mark, as a mark would hold it. */
function unreadUpTo(
  tx: Knex.Transaction,
  { userRef, floors }: ReaderState,
  upToSeq: number,
): Knex.QueryBuilder {
  const refsByFloor = new Map<number, string[]>();
  for (const { ref, floorSeq } of floors) {
    refsByFloor.set(floorSeq, [...(refsByFloor.get(floorSeq) ?? []), ref]);
  }
  return tx('herald_target as t')
    .where('t.seq', '<=', upToSeq)
    .where(reaching => {
      for (const [floorSeq, refs] of refsByFloor) {
        reaching.orWhere(some =>
          some.whereIn('t.ref', refs).where('t.seq', '>', floorSeq),
        );
      }
    })
    .whereNotExists(
      tx('herald_read_mark as mark')
        .select(tx.raw('1'))
        .whereRaw('mark.message_id = t.message_id AND mark.seq = t.seq')
        .where('mark.user_ref', userRef),
    )
    .groupBy(
      't.message_id',
      't.seq',
      't.origin',
      't.topic',
      't.expires_at',
      't.is_plain',
    )
    .select(
      't.message_id',
      't.seq',
      // Any of those through which it comes. Where it is not plain, the target itself is asked each time.
      tx.raw('CASE WHEN t.is_plain THEN min(t.ref) END AS ref'),
      't.origin',
      't.topic',
      't.expires_at',
    );
}
