import { Knex } from 'knex';
import { EVERYBODY } from '../messages/Message';
import { Reader } from '../messages/MessageStore';

/** A ref through which messages reach a reader, and the seq up to which those count as read. */
export type ReadFloor = { ref: string; floorSeq: number };

const SEEN_EVERY_MS = 10 * 60_000;

export type FloorRules = {
  now: () => Date;
  /** How old a message to a group or everybody may be to be unread for somebody who comes for the first time. */
  unreadHorizonMs: number;
};

/**
 * The floors of a reader, one for each of their refs. A ref that is new to them gets its floor here:
 *
 * - what was sent to them by name is never read beforehand;
 * - somebody who comes for the first time has read what is older than the horizon;
 * - somebody who was here before and has joined a group since has read what that group was sent until their last visit.
 */
export async function readFloors(
  tx: Knex.Transaction,
  reader: Reader,
  rules: FloorRules,
): Promise<ReadFloor[]> {
  const known = new Map<string, number>();
  for (const row of await tx('herald_read_floor')
    .where({ user_ref: reader.userRef })
    .select('ref', 'floor_seq')) {
    known.set(row.ref, Number(row.floor_seq));
  }
  const now = rules.now().getTime();
  const visitor = await tx('herald_reader')
    .where({ user_ref: reader.userRef })
    .first('seen_seq', 'seen_at');

  const added = reader.refs.filter(ref => !known.has(ref));
  if (added.length > 0) {
    const floor = visitor
      ? Number(visitor.seen_seq)
      : await lastSeq(tx, query =>
          query.where('sort_at', '<', now - rules.unreadHorizonMs),
        );
    for (const ref of added) {
      known.set(ref, ref === reader.userRef ? 0 : floor);
    }
    await tx('herald_read_floor')
      .insert(
        added.map(ref => ({
          user_ref: reader.userRef,
          ref,
          floor_seq: known.get(ref),
        })),
      )
      .onConflict(['user_ref', 'ref'])
      .ignore();
  }
  if (!visitor || now - Number(visitor.seen_at) > SEEN_EVERY_MS) {
    const seen = { seen_seq: await lastSeq(tx), seen_at: now };
    await tx('herald_reader')
      .insert({ user_ref: reader.userRef, ...seen })
      .onConflict('user_ref')
      .merge(seen);
  }
  return reader.refs.map(ref => ({ ref, floorSeq: known.get(ref) ?? 0 }));
}

/** Those of the floors through which messages of a scope come. */
export function floorsInScope(
  floors: readonly ReadFloor[],
  scope: 'all' | 'user' | 'system',
): ReadFloor[] {
  return floors.filter(
    ({ ref }) =>
      scope === 'all' || (ref === EVERYBODY) === (scope === 'system'),
  );
}

async function lastSeq(
  tx: Knex.Transaction,
  narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder = query => query,
): Promise<number> {
  const row = await narrow(tx('herald_message'))
    .orderBy([
      { column: 'sort_at', order: 'desc' },
      { column: 'seq', order: 'desc' },
    ])
    .first('seq');
  return row ? Number(row.seq) : 0;
}
