import {
  PreferenceDefaults,
  PreferenceRule,
  WEB_CHANNEL,
} from '@herald/backstage-plugin-notifications-common';
import { Knex } from 'knex';
import { EVERYBODY } from '../messages/Message';
import { Reader } from '../messages/MessageStore';
import { MutingRule, NO_DEFAULTS, mutingRules } from '../messages/muting';
import { isPostgres } from './engine';
import { inTransaction } from './inTransaction';
import { lockReader } from './lockReader';

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

/** What is stored of a reader. */
export type StoredState = {
  visit?: { seenSeq: number; seenAt: number };
  archivedSeq: number;
  hasArchived: boolean;
  floors: ReadonlyMap<string, number>;
  muting: readonly MutingRule[];
  /** The same while nothing of this but the visit has changed. */
  fingerprint: string;
};

export function isLongAgo({ visit }: StoredState, now: number): boolean {
  return !visit || now - visit.seenAt > SEEN_EVERY_MS;
}

/** The refs of a reader that have no floor yet. */
export function refsWithoutFloor(
  { floors }: StoredState,
  { refs }: Reader,
): string[] {
  return refs.filter(ref => !floors.has(ref));
}

export function toReaderState(
  { archivedSeq, hasArchived, floors, muting }: StoredState,
  { userRef, refs }: Reader,
  now: number,
): ReaderState {
  return {
    userRef,
    floors: refs.map(ref => ({
      ref,
      // Another replica may have written down a floor that was right before all was archived.
      floorSeq: Math.max(floors.get(ref) ?? 0, archivedSeq),
    })),
    archivedSeq,
    hasArchived,
    muting,
    now,
  };
}

/**
 * The state of a reader who has begun their visit, for a change of it: until the transaction ends no other one of this reader's is
 * made, on any replica.
 */
export async function lockedState(
  tx: Knex.Transaction,
  reader: Reader,
  rules: FloorRules,
): Promise<ReaderState> {
  await lockReader(tx, reader.userRef);
  const stored = await readStored(tx, reader.userRef);
  return toReaderState(stored, reader, rules.now().getTime());
}

/**
 * Gives refs that are new to a reader their floors, and notes the visit:
 *
 * - what was sent to them by name is never read beforehand;
 * - somebody who comes for the first time has read what is older than the horizon;
 * - somebody who was here before and has joined a group since has read what that group was sent until their last visit.
 */
export async function beginVisit(
  knex: Knex,
  { userRef }: Reader,
  stored: StoredState,
  added: readonly string[],
  rules: FloorRules,
): Promise<StoredState> {
  const now = rules.now().getTime();
  const { visit, archivedSeq } = stored;
  const floors = new Map(stored.floors);
  const floor =
    visit?.seenSeq ?? (await lastSeqBefore(knex, now - rules.unreadHorizonMs));
  for (const ref of added) {
    floors.set(
      ref,
      ref === userRef ? archivedSeq : Math.max(floor, archivedSeq),
    );
  }
  await inTransaction(knex, async tx => {
    await lockReader(tx, userRef);
    await rememberFloors(tx, userRef, added, floors);
    await rememberVisit(tx, userRef, now);
  });
  return { ...stored, floors };
}

/**
 * An expression that is the same while nothing that decides what a reader sees has changed. A statement that has it among its columns
 * finds out whether the state is still that by which it was made.
 */
export function stateFingerprint(knex: Knex, userRef: string): Knex.Raw {
  const parts = `
    coalesce((SELECT archived_seq || ' ' || has_archived FROM herald_reader WHERE user_ref = :userRef), '') || ' ' ||
    coalesce((SELECT string_agg(ref || ' ' || floor_seq, ' ' ORDER BY ref)
      FROM herald_read_floor WHERE user_ref = :userRef), '') || ' ' ||
    coalesce((SELECT string_agg(user_ref || document, ' ' ORDER BY user_ref)
      FROM herald_preference WHERE user_ref IN (:userRef, :everybody)), '')`;
  return knex.raw(isPostgres(knex) ? `md5(${parts})` : `(${parts})`, {
    userRef,
    everybody: EVERYBODY,
  });
}

/** In one round trip. */
export async function readStored(
  knex: Knex,
  userRef: string,
): Promise<StoredState> {
  const result = await knex.raw(
    `SELECT 'visit' AS kind, CAST(NULL AS text) AS name, seen_seq AS a, seen_at AS b, archived_seq AS c,
       CASE WHEN has_archived THEN 1 ELSE 0 END AS d
     FROM herald_reader WHERE user_ref = :userRef
     UNION ALL
     SELECT 'floor', ref, floor_seq, 0, 0, 0 FROM herald_read_floor WHERE user_ref = :userRef
     UNION ALL
     SELECT CASE WHEN user_ref = :everybody THEN 'defaults' ELSE 'rules' END, document, 0, 0, 0, 0
     FROM herald_preference WHERE user_ref IN (:userRef, :everybody)
     UNION ALL
     SELECT 'fingerprint', :fingerprint, 0, 0, 0, 0`,
    {
      userRef,
      everybody: EVERYBODY,
      fingerprint: stateFingerprint(knex, userRef),
    },
  );
  let visit: StoredState['visit'];
  let [archivedSeq, hasArchived, fingerprint] = [0, false, ''];
  let rules: PreferenceRule[] = [];
  let defaults: PreferenceDefaults = NO_DEFAULTS;
  const floors = new Map<string, number>();
  for (const { kind, name, a, b, c, d } of result.rows ?? result) {
    switch (kind) {
      case 'visit':
        visit = { seenSeq: Number(a), seenAt: Number(b) };
        archivedSeq = Number(c);
        hasArchived = Number(d) === 1;
        break;
      case 'floor':
        floors.set(name, Number(a));
        break;
      case 'fingerprint':
        fingerprint = name;
        break;
      case 'defaults':
        defaults = JSON.parse(name);
        break;
      default:
        rules = JSON.parse(name);
    }
  }
  return {
    visit,
    archivedSeq,
    hasArchived,
    floors,
    muting: mutingRules(WEB_CHANNEL, rules, defaults),
    fingerprint,
  };
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
