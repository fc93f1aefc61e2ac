import { Knex } from 'knex';

type ColumnType = 'uuid' | 'text' | 'bigint';

/** The little SQL that PostgreSQL and SQLite do not share. */
export type Engine = {
  /** The database's clock: milliseconds since 1970, the same throughout one statement, and fit for an index condition. */
  now: string;
  /**
   * A table `r` of the rows that are bound as one JSON text, `[{column: value}, …]`: one statement, and one plan, for any number.
   * Column names and types are constants of this package.
   */
  rows(columns: Record<string, ColumnType>): string;
  /**
   * Holds for rows with one of these ids, bound as `idList` makes them. On PostgreSQL this form always goes through the primary key; a
   * join would not, while the planner believes that the table is as empty as when it was last counted.
   */
  idAmong: string;
  idList(ids: readonly string[]): Knex.RawBinding;
  /** The same for the ids that a query answers. */
  idIn(select: string): string;
  /** Ends a SELECT: takes the rows for this transaction, passing over those that another holds. */
  lockFree: string;
};

const postgres: Engine = {
  // A subquery is computed once, and not for every row.
  now: `(SELECT (extract(epoch FROM statement_timestamp()) * 1000)::bigint)`,
  rows: columns =>
    `json_to_recordset(?::json) AS r(${Object.entries(columns)
      .map(([name, type]) => `${name} ${type}`)
      .join(', ')})`,
  idAmong: 'id = ANY(?::uuid[])',
  idList: ids => [...ids],
  idIn: select => `id = ANY(ARRAY(${select}))`,
  lockFree: 'FOR UPDATE SKIP LOCKED',
};

const sqlite: Engine = {
  now: `(SELECT CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER))`,
  rows: columns =>
    `(SELECT ${Object.keys(columns)
      .map(name => `value ->> '${name}' AS ${name}`)
      .join(', ')} FROM json_each(?)) AS r`,
  idAmong: 'id IN (SELECT value FROM json_each(?))',
  idList: ids => JSON.stringify(ids),
  idIn: select => `id IN (${select})`,
  // There is one writer.
  lockFree: '',
};

export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/** @param clockSql - an SQL expression that answers the time instead of the database's clock, for tests */
export function engineOf(knex: Knex, clockSql?: string): Engine {
  const engine = isPostgres(knex) ? postgres : sqlite;
  return clockSql === undefined ? engine : { ...engine, now: clockSql };
}

/** Runs a statement that returns rows. Their type is a promise of the statement; drivers wrap them differently. */
export async function query<Row>(
  knex: Knex,
  sql: string,
  bindings: readonly Knex.RawBinding[],
): Promise<Row[]> {
  const result: unknown = await knex.raw(sql, bindings);
  const rows = Array.isArray(result)
    ? result
    : (result as { rows: Row[] }).rows;
  return rows;
}
