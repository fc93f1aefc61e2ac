import { Knex } from 'knex';
import { DeadWork, DeadWorkSelection, WorkId } from '../Work';
import { Engine, engineOf, query } from './engine';
import { workTableName } from './workQueueMigrations';

type DeadRow = {
  id: WorkId;
  kind: string;
  key: string | null;
  payload: string;
  attempt: number;
  last_error: string | null;
  created_at: string | number;
  ended_at: string | number;
};

type Page = { kind?: string; after?: WorkId; limit: number };

const ROWS_PER_CHANGE = 1_000;
const UNIQUE_VIOLATIONS = ['23505', 'SQLITE_CONSTRAINT_UNIQUE'];
const MOST_TRIES = 5;

/** The work of one queue that is dead. */
export class DeadWorkTable {
  readonly #knex: Knex;
  readonly #name: string;
  readonly #engine: Engine;

  constructor(options: { knex: Knex; prefix: string; clockSql?: string }) {
    this.#knex = options.knex;
    this.#name = workTableName(options.prefix);
    this.#engine = engineOf(options.knex, options.clockSql);
  }

  /** The oldest first. */
  async list(page: Page): Promise<DeadWork[]> {
    const rows: DeadRow[] = await this.#page(page);
    return rows.map(row => ({
      id: row.id,
      kind: row.kind,
      key: row.key ?? undefined,
      payload: JSON.parse(row.payload),
      attempts: row.attempt,
      lastError: row.last_error ?? undefined,
      createdAt: new Date(Number(row.created_at)),
      diedAt: new Date(Number(row.ended_at)),
    }));
  }

  /** @returns how many are open again; of several with one key at most one is, and none beside open work with that key */
  async redrive(selection: DeadWorkSelection): Promise<number> {
    return this.#inBatches(selection, ids => this.#redriveThese(ids));
  }

  async discard(selection: DeadWorkSelection): Promise<number> {
    return this.#inBatches(selection, async ids => {
      const rows = await query(
        this.#knex,
        `DELETE FROM ?? WHERE state = 'dead' AND ${
          this.#engine.idAmong
        } RETURNING id`,
        [this.#name, this.#engine.idList(ids)],
      );
      return rows.length;
    });
  }

  async #redriveThese(ids: readonly WorkId[]): Promise<number> {
    for (let tries = 1; ; tries++) {
      try {
        const rows = await query(
          this.#knex,
          `UPDATE ?? SET state = 'open', attempt = 0, run_after = ${
            this.#engine.now
          }, ended_at = NULL
            WHERE state = 'dead' AND id IN (
              SELECT id FROM (
                SELECT id, row_number() OVER (PARTITION BY kind, coalesce(key, CAST(id AS text)) ORDER BY id) AS place
                  FROM ?? AS candidate
                 WHERE state = 'dead' AND ${this.#engine.idAmong}
                   AND NOT EXISTS (
                     SELECT 1 FROM ?? AS rival
                      WHERE rival.state = 'open' AND rival.kind = candidate.kind AND rival.key = candidate.key)
              ) AS ranked WHERE place = 1)
           RETURNING id`,
          [this.#name, this.#name, this.#engine.idList(ids), this.#name],
        );
        return rows.length;
      } catch (error) {
        // Work with the same key was enqueued meanwhile; it is seen the next time.
        if (!isUniqueViolation(error) || tries === MOST_TRIES) {
          throw error;
        }
      }
    }
  }

  async #inBatches(
    selection: DeadWorkSelection,
    change: (ids: readonly WorkId[]) => Promise<number>,
  ): Promise<number> {
    let changed = 0;
    if ('ids' in selection) {
      for (let at = 0; at < selection.ids.length; at += ROWS_PER_CHANGE) {
        changed += await change(selection.ids.slice(at, at + ROWS_PER_CHANGE));
      }
      return changed;
    }
    let page: Page = { kind: selection.kind, limit: ROWS_PER_CHANGE };
    for (;;) {
      const ids: WorkId[] = await this.#page(page).pluck('id');
      if (ids.length === 0) {
        return changed;
      }
      changed += await change(ids);
      page = { ...page, after: ids.at(-1) };
    }
  }

  #page({ kind, after, limit }: Page): Knex.QueryBuilder {
    return this.#knex(this.#name)
      .where('state', this.#knex.raw(`'dead'`))
      .modify(rows => {
        if (kind !== undefined) rows.where('kind', kind);
        if (after !== undefined) rows.where('id', '>', after);
      })
      .orderBy('id')
      .limit(limit);
  }
}

function isUniqueViolation(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    UNIQUE_VIOLATIONS.includes(String(error.code))
  );
}
