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
  knex: Knex,
  reader: Reader,
  rules: FloorRules,
): Promise<ReadFloor[]> {
  const rows = await knex('herald_reader as r')
    .leftJoin('herald_read_floor as f', 'f.user_ref', 'r.user_ref')
    .where('r.user_ref', reader.userRef)
    .select('r.seen_seq', 'r.seen_at', 'f.ref', 'f.floor_seq');
  const known = new Map<string, number>(
    rows.map(row => [row.ref, Number(row.floor_seq)]),
  );
  const now = rules.now().getTime();
  const added = reader.refs.filter(ref => !known.has(ref));
  const isLongAgo =
    rows.length === 0 || now - Number(rows[0].seen_at) > SEEN_EVERY_MS;

  if (added.length > 0 || isLongAgo) {
    const floor =
      rows.length > 0
        ? Number(rows[0].seen_seq)
        : await lastSeqBefore(knex, now - rules.unreadHorizonMs);
    for (const ref of added) {
      known.set(ref, ref === reader.userRef ? 0 : floor);
    }
    await knex.transaction(async tx => {
      await rememberFloors(tx, reader.userRef, added, known);
      await rememberVisit(tx, reader.userRef, now);
    });
  }
  return reader.refs.map(ref => ({ ref, floorSeq: known.get(ref) ?? 0 }));
}

async function rememberFloors(
  tx: Knex.Transaction,
  userRef: string,
  refs: readonly string[],
  floors: ReadonlyMap<string, number>,
): Promise<void> {
  if (refs.length > 0) {
    await tx('herald_read_floor')
      .insert(
        refs.map(ref => ({
          user_ref: userRef,
          ref,
          floor_seq: floors.get(ref),
        })),
      )
      .onConflict(['user_ref', 'ref'])
      .ignore();
  }
}

async function rememberVisit(
  tx: Knex.Transaction,
  userRef: string,
  now: number,
): Promise<void> {
  const row = await tx('herald_message').max({ seq: 'seq' }).first();
  const visit = { seen_seq: Number(row?.seq ?? 0), seen_at: now };
  await tx('herald_reader')
    .insert({ user_ref: userRef, ...visit })
    .onConflict('user_ref')
    .merge(visit);
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

/** The newest message that was sent before a moment. */
async function lastSeqBefore(knex: Knex, moment: number): Promise<number> {
  const row = await knex('herald_message')
    .where('sort_at', '<', moment)
    .orderBy([
      { column: 'sort_at', order: 'desc' },
      { column: 'seq', order: 'desc' },
    ])
    .first('seq');
  return row ? Number(row.seq) : 0;
}
