import {
  PreferenceDefaults,
  PreferenceRule,
  WEB_CHANNEL,
} from '@herald/backstage-plugin-notifications-common';
import { Knex } from 'knex';
import { EVERYBODY } from '../messages/Message';
import { Reader } from '../messages/MessageStore';
import { MutingRule, NO_DEFAULTS, mutingRules } from '../messages/muting';
import { compactMarks } from './compactMarks';

/** One of the refs through which messages reach a reader, and the seq up to which those count as read. */
export type ReadFloor = { ref: string; floorSeq: number };

/** All that decides what a reader sees, and how. */
export type ReaderState = {
  userRef: string;
  floors: readonly ReadFloor[];
  /** Up to here everything is archived, unless a mark says not; no floor is lower. */
  archivedSeq: number;
  /** Whether a mark may say archived. */
  hasArchived: boolean;
  /** What is muted in the portal. */
  muting: readonly MutingRule[];
  now: number;
};

const ROWS_PER_INSERT = 200;
const SEEN_EVERY_MS = 10 * 60_000;

export type FloorRules = {
  now: () => Date;
  /** How old a message to a group or everybody may be to be unread for somebody who comes for the first time. */
  unreadHorizonMs: number;
  /** How many marks somebody has before their floors are raised; 500 unless told. */
  marksWorthCompacting?: number;
};

type StoredState = {
  visit?: { seenSeq: number; seenAt: number };
  archivedSeq: number;
  hasArchived: boolean;
  floors: Map<string, number>;
  rules: PreferenceRule[];
  defaults: PreferenceDefaults;
};

/**
 * The state of a reader. A ref that is new to them gets its floor here:
 *
 * - what was sent to them by name is never read beforehand;
 * - somebody who comes for the first time has read what is older than the horizon;
 * - somebody who was here before and has joined a group since has read what that group was sent until their last visit.
 */
export async function readerState(
  knex: Knex,
  reader: Reader,
  rules: FloorRules,
): Promise<ReaderState> {
  const now = rules.now().getTime();
  const stored = await storedState(knex, reader.userRef);
  const { visit, floors } = stored;
  const added = reader.refs.filter(ref => !floors.has(ref));
  const isLongAgo = !visit || now - visit.seenAt > SEEN_EVERY_MS;

  if (added.length > 0 || isLongAgo) {
    const floor =
      visit?.seenSeq ??
      (await lastSeqBefore(knex, now - rules.unreadHorizonMs));
    for (const ref of added) {
      floors.set(
        ref,
        ref === reader.userRef
          ? stored.archivedSeq
          : Math.max(floor, stored.archivedSeq),
      );
    }
    await knex.transaction(async tx => {
      await rememberFloors(tx, reader.userRef, added, floors);
      await rememberVisit(tx, reader.userRef, now);
    });
  }
  const state = (): ReaderState => ({
    userRef: reader.userRef,
    floors: reader.refs.map(ref => ({ ref, floorSeq: floors.get(ref) ?? 0 })),
    archivedSeq: stored.archivedSeq,
    hasArchived: stored.hasArchived,
    muting: mutingRules(WEB_CHANNEL, stored.rules, stored.defaults),
    now,
  });
  if (isLongAgo) {
    const floorSeq = await compactMarks(
      knex,
      state(),
      rules.marksWorthCompacting ?? 500,
    );
    for (const ref of floors.keys()) {
      floors.set(ref, Math.max(floorSeq, floors.get(ref) ?? 0));
    }
  }
  return state();
}

/** In one round trip. */
async function storedState(knex: Knex, userRef: string): Promise<StoredState> {
  const result = await knex.raw(
    `SELECT 'visit' AS kind, CAST(NULL AS text) AS name, seen_seq AS a, seen_at AS b, archived_seq AS c,
       CASE WHEN has_archived THEN 1 ELSE 0 END AS d
     FROM herald_reader WHERE user_ref = :userRef
     UNION ALL
     SELECT 'floor', ref, floor_seq, 0, 0, 0 FROM herald_read_floor WHERE user_ref = :userRef
     UNION ALL
     SELECT CASE WHEN user_ref = :everybody THEN 'defaults' ELSE 'rules' END, document, 0, 0, 0, 0
     FROM herald_preference WHERE user_ref IN (:userRef, :everybody)`,
    { userRef, everybody: EVERYBODY },
  );
  const stored: StoredState = {
    archivedSeq: 0,
    hasArchived: false,
    floors: new Map(),
    rules: [],
    defaults: NO_DEFAULTS,
  };
  for (const { kind, name, a, b, c, d } of result.rows ?? result) {
    switch (kind) {
      case 'visit':
        stored.visit = { seenSeq: Number(a), seenAt: Number(b) };
        stored.archivedSeq = Number(c);
        stored.hasArchived = Number(d) === 1;
        break;
      case 'floor':
        stored.floors.set(name, Number(a));
        break;
      case 'defaults':
        stored.defaults = JSON.parse(name);
        break;
      default:
        stored.rules = JSON.parse(name);
    }
  }
  return stored;
}

async function rememberFloors(
  tx: Knex.Transaction,
  userRef: string,
  refs: readonly string[],
  floors: ReadonlyMap<string, number>,
): Promise<void> {
  for (let start = 0; start < refs.length; start += ROWS_PER_INSERT) {
    await tx('herald_read_floor')
      .insert(
        refs.slice(start, start + ROWS_PER_INSERT).map(ref => ({
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
  const visit = { seen_seq: await lastSeq(tx), seen_at: now };
  await tx('herald_reader')
    .insert({ user_ref: userRef, ...visit })
    .onConflict('user_ref')
    .merge(visit);
}

/** The newest message there is. */
export async function lastSeq(knex: Knex): Promise<number> {
  const row = await knex('herald_message').max({ seq: 'seq' }).first();
  return Number(row?.seq ?? 0);
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
