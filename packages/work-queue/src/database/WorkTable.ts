import { Knex } from 'knex';
import { ClaimedWork, WorkCounts, WorkId } from '../Work';
import { Settlement } from '../Settlement';
import { Engine, engineOf, query } from './engine';
import { workTableName } from './workQueueMigrations';

/** What a holder shows to prove that the work is still theirs. */
export type Claim = { id: WorkId; token: number };

export type NewRow = {
  id: WorkId;
  kind: string;
  key: string | null;
  payload: string;
  run_after: number | null;
  max_attempts: number | null;
};

export type PutBack = Claim & {
  settlement: Exclude<Settlement, { to: 'done' | 'nothing' }>;
};

type ClaimedRow = {
  id: WorkId;
  kind: string;
  key: string | null;
  payload: string;
  run_after: string | number;
  created_at: string | number;
  token: string | number;
  attempt: number;
  max_attempts: number | null;
};

const ROWS_PER_INSERT = 2_000;

/** The work of one queue that is open. Each method is one statement, atomic by itself, or runs in the transaction it is given. */
export class WorkTable {
  readonly #knex: Knex;
  readonly #name: string;
  readonly #engine: Engine;
  /** Holds for rows whose latest claim is among those bound: nobody has taken them over, though a lease may be past. Only open work has a lease. */
  readonly #isHeld: string;

  constructor(options: { knex: Knex; prefix: string; clockSql?: string }) {
    this.#knex = options.knex;
    this.#name = workTableName(options.prefix);
    this.#engine = engineOf(options.knex, options.clockSql);
    const claims = this.#engine.rows({ held_id: 'uuid', held_token: 'bigint' });
    this.#isHeld = `${
      this.#engine.idAmong
    } AND lease_until > 0 AND (id, token) IN (SELECT held_id, held_token FROM ${claims})`;
  }

  #bound(claims: readonly Claim[]): Knex.RawBinding[] {
    return [
      this.#engine.idList(claims.map(({ id }) => id)),
      JSON.stringify(
        claims.map(({ id, token }) => ({ held_id: id, held_token: token })),
      ),
    ];
  }

  /** @returns the ids of those that were not there before */
  async insert(tx: Knex, rows: readonly NewRow[]): Promise<Set<WorkId>> {
    const inserted = new Set<WorkId>();
    for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
      const chunk = rows.slice(start, start + ROWS_PER_INSERT);
      const added = await query<{ id: WorkId }>(tx, ...this.#insertion(chunk));
      for (const { id } of added) {
        inserted.add(id);
      }
    }
    return inserted;
  }

  /** What `insert` runs, for rows that go into one statement. */
  insertion(rows: readonly NewRow[]): Knex.Raw {
    return this.#knex.raw(...this.#insertion(rows));
  }

  #insertion(rows: readonly NewRow[]): [string, Knex.RawBinding[]] {
    const source = this.#engine.rows({
      id: 'uuid',
      kind: 'text',
      key: 'text',
      payload: 'text',
      run_after: 'bigint',
      max_attempts: 'bigint',
    });
    return [
      `INSERT INTO ?? (id, kind, key, payload, run_after, max_attempts, created_at)
         SELECT id, kind, key, payload, coalesce(run_after, ${
           this.#engine.now
         }), max_attempts, ${this.#engine.now}
           FROM ${source} WHERE true
         ON CONFLICT DO NOTHING RETURNING id`,
      [this.#name, JSON.stringify(rows)],
    ];
  }

  /**
   * Takes the work of a kind that has been due for longest, also what somebody lost has held for too long.
   *
   * @param leaseMs - for how long it is ours
   */
  async claim(
    kind: string,
    limit: number,
    leaseMs: number,
  ): Promise<ClaimedWork[]> {
    const { now, idIn, lockFree } = this.#engine;
    const due = `SELECT id FROM ??
      WHERE state = 'open' AND kind = ? AND run_after <= ${now} AND lease_until <= ${now}
      ORDER BY run_after, id LIMIT ? ${lockFree}`;
    const rows = await query<ClaimedRow>(
      this.#knex,
      `UPDATE ?? SET lease_until = ${now} + ?, token = token + 1, attempt = attempt + 1
        WHERE ${idIn(due)}
       RETURNING id, kind, key, payload, run_after, created_at, token, attempt, max_attempts`,
      [this.#name, leaseMs, this.#name, kind, limit],
    );
    return rows
      .map(toClaimedWork)
      .sort(
        (a, b) =>
          a.runAfter.getTime() - b.runAfter.getTime() || (a.id < b.id ? -1 : 1),
      );
  }

  /**
   * Makes leases last longer. A row that a transaction holds at the moment (a handler completes in it) is passed over, not waited for.
   *
   * @returns the ids of those that are still held by these claims, extended or not
   */
  async extend(
    claims: readonly Claim[],
    leaseMs: number,
  ): Promise<Set<WorkId>> {
    const { now, idIn, lockFree } = this.#engine;
    const extended = await query<{ id: WorkId }>(
      this.#knex,
      `UPDATE ?? SET lease_until = ${now} + ?
        WHERE ${idIn(`SELECT id FROM ?? WHERE ${this.#isHeld} ${lockFree}`)}
       RETURNING id`,
      [this.#name, leaseMs, this.#name, ...this.#bound(claims)],
    );
    const ids = new Set(extended.map(({ id }) => id));
    const others = claims.filter(({ id }) => !ids.has(id));
    if (others.length > 0) {
      const held = await query<{ id: WorkId }>(
        this.#knex,
        `SELECT id FROM ?? WHERE ${this.#isHeld}`,
        [this.#name, ...this.#bound(others)],
      );
      held.forEach(({ id }) => ids.add(id));
    }
    return ids;
  }

  /** @returns the ids of those that were held by these claims, and are done now */
  async complete(
    claims: readonly Claim[],
    keep: boolean,
    tx: Knex = this.#knex,
  ): Promise<Set<WorkId>> {
    const rows = await query<{ id: WorkId }>(
      tx,
      keep
        ? `UPDATE ?? SET state = 'done', lease_until = 0, ended_at = ${
            this.#engine.now
          } WHERE ${this.#isHeld} RETURNING id`
        : `DELETE FROM ?? WHERE ${this.#isHeld} RETURNING id`,
      [this.#name, ...this.#bound(claims)],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** @returns the ids of those that were held by these claims, and are put back now */
  async putBack(changes: readonly PutBack[]): Promise<Set<WorkId>> {
    const { now } = this.#engine;
    const source = this.#engine.rows({
      held_id: 'uuid',
      held_token: 'bigint',
      next_state: 'text',
      delay_ms: 'bigint',
      error: 'text',
      uncounted: 'bigint',
    });
    const rows = await query<{ id: WorkId }>(
      this.#knex,
      `UPDATE ?? SET
         state = next_state,
         lease_until = 0,
         attempt = attempt - uncounted,
         run_after = coalesce(${now} + delay_ms, run_after),
         last_error = coalesce(error, last_error),
         ended_at = CASE next_state WHEN 'dead' THEN ${now} END
       FROM ${source}
       WHERE ${
         this.#engine.idAmong
       } AND id = held_id AND token = held_token AND lease_until > 0
       RETURNING id`,
      [
        this.#name,
        JSON.stringify(changes.map(toPutBackRow)),
        this.#engine.idList(changes.map(({ id }) => id)),
      ],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** How long until some work of this kind is due; milliseconds, 0 or less where some is, nothing where there is none. */
  async nextDueInMs(kind: string): Promise<number | undefined> {
    const { now } = this.#engine;
    const [row] = await query<{ wait_ms: string | number }>(
      this.#knex,
      `SELECT run_after - ${now} AS wait_ms FROM ??
        WHERE state = 'open' AND kind = ? AND lease_until <= ${now}
        ORDER BY run_after, id LIMIT 1`,
      [this.#name, kind],
    );
    return row && Number(row.wait_ms);
  }

  async counts(): Promise<Map<string, WorkCounts>> {
    const { now } = this.#engine;
    const free = `state = 'open' AND lease_until <= ${now}`;
    const rows = await query<Record<string, string | number | null>>(
      this.#knex,
      `SELECT kind,
         count(*) FILTER (WHERE ${free} AND run_after <= ${now}) AS due,
         count(*) FILTER (WHERE ${free} AND run_after > ${now}) AS scheduled,
         count(*) FILTER (WHERE state = 'open' AND lease_until > ${now}) AS leased,
         count(*) FILTER (WHERE state = 'dead') AS dead,
         count(*) FILTER (WHERE state = 'done') AS done,
         ${now} - min(run_after) FILTER (WHERE ${free} AND run_after <= ${now}) AS oldest_due_ms
       FROM ?? GROUP BY kind`,
      [this.#name],
    );
    return new Map(
      rows.map(row => [
        String(row.kind),
        {
          due: Number(row.due),
          scheduled: Number(row.scheduled),
          leased: Number(row.leased),
          dead: Number(row.dead),
          done: Number(row.done),
          oldestDueMs: Number(row.oldest_due_ms ?? 0),
        },
      ]),
    );
  }

  /** Removes open work by its key, also while somebody is at it: they will find that they have lost it. */
  async cancel(tx: Knex, kind: string, key: string): Promise<boolean> {
    const rows = await query(
      tx,
      `DELETE FROM ?? WHERE state = 'open' AND kind = ? AND key = ? RETURNING id`,
      [this.#name, kind, key],
    );
    return rows.length > 0;
  }

  /** @returns how many were removed; fewer than `limit` where no more are old enough */
  async removeDone(keepMs: number, limit: number): Promise<number> {
    const { now, idIn, lockFree } = this.#engine;
    const old = `SELECT id FROM ?? WHERE state = 'done' AND ended_at <= ${now} - ? ORDER BY ended_at LIMIT ? ${lockFree}`;
    const rows = await query(
      this.#knex,
      `DELETE FROM ?? WHERE ${idIn(old)} RETURNING id`,
      [this.#name, this.#name, keepMs, limit],
    );
    return rows.length;
  }
}

function toPutBackRow({ id, token, settlement }: PutBack) {
  return {
    held_id: id,
    held_token: token,
    next_state: settlement.to === 'dead' ? 'dead' : 'open',
    delay_ms: settlement.to === 'retry' ? settlement.delayMs : null,
    error: settlement.to === 'release' ? null : settlement.error,
    uncounted: settlement.to === 'release' ? 1 : 0,
  };
}

function toClaimedWork(row: ClaimedRow): ClaimedWork {
  return {
    id: row.id,
    kind: row.kind,
    key: row.key ?? undefined,
    payload: JSON.parse(row.payload),
    attempt: row.attempt,
    maxAttempts: row.max_attempts ?? undefined,
    token: Number(row.token),
    runAfter: new Date(Number(row.run_after)),
    createdAt: new Date(Number(row.created_at)),
  };
}
