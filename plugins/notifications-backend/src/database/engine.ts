import { Knex } from 'knex';

/** Taken by whoever numbers rows of the feed, until their transaction has ended. Any constant; it only has to be ours. */
export const FEED_LOCK = 4_837_251_690;

export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/**
 * The next number of the feed. The caller's transaction must have little left to do: on PostgreSQL others who number rows wait
 * until it has ended, which is what makes the order of numbers the order of commits. Numbers are never used again.
 */
export async function nextSeq(tx: Knex.Transaction): Promise<number> {
  if (isPostgres(tx)) {
    const { rows } = await tx.raw(
      `WITH locked AS MATERIALIZED (SELECT pg_advisory_xact_lock(?))
       SELECT nextval('herald_feed_seq') AS seq FROM locked`,
      [FEED_LOCK],
    );
    return Number(rows[0].seq);
  }
  const [{ last_seq: seq }] = await tx('herald_feed_state')
    .where({ id: 1 })
    .increment('last_seq', 1)
    .returning('last_seq');
  return Number(seq);
}

/**
 * Many of the feed's numbers at once, in order, for messages of which the feed does not tell: nobody else who numbers rows waits
 * for this transaction, and it may end after those with higher numbers.
 */
export async function quietSeqs(
  tx: Knex.Transaction,
  count: number,
): Promise<number[]> {
  if (isPostgres(tx)) {
    const { rows } = await tx.raw(
      `SELECT nextval('herald_feed_seq') AS seq FROM generate_series(1, ?::int)`,
      [count],
    );
    return rows.map(({ seq }: { seq: string }) => Number(seq));
  }
  const [{ last_seq: last }] = await tx('herald_feed_state')
    .where({ id: 1 })
    .increment('last_seq', count)
    .returning('last_seq');
  return Array.from(
    { length: count },
    (_, index) => Number(last) - count + 1 + index,
  );
}

/** Takes the lock of the feed, for a transaction that will change rows which a send changes while it holds it. */
export async function lockFeed(tx: Knex.Transaction): Promise<void> {
  if (isPostgres(tx)) {
    await tx.raw('SELECT pg_advisory_xact_lock(?)', [FEED_LOCK]);
  }
}

/** What is added to the feed, beside its number. */
export type NewFeedRow = {
  kind: string;
  message_id?: string;
  user_ref?: string;
  payload?: string;
  at: number;
};

/** Adds to the feed, as the last thing that a transaction does; one round trip under the lock. */
export async function appendToFeed(
  tx: Knex.Transaction,
  row: NewFeedRow,
): Promise<void> {
  if (!isPostgres(tx)) {
    await tx('herald_feed').insert({ ...row, seq: await nextSeq(tx) });
    return;
  }
  await tx.raw(
    `WITH
      locked AS MATERIALIZED (SELECT pg_advisory_xact_lock(:lock)),
      numbered AS MATERIALIZED (SELECT nextval('herald_feed_seq') AS seq FROM locked)
    INSERT INTO herald_feed (seq, kind, message_id, user_ref, payload, at)
    SELECT seq, :kind, :message_id::uuid, :user_ref, :payload, :at::bigint FROM numbered`,
    // knex takes null for a value, which its types do not say.
    {
      lock: FEED_LOCK,
      message_id: null,
      user_ref: null,
      payload: null,
      ...row,
    } as unknown as Record<string, Knex.Value>,
  );
}

/** Orders text by its bytes on both engines; PostgreSQL would otherwise follow the locale of the database. */
export function byteOrder(knex: Knex, column: string): Knex.Raw {
  return isPostgres(knex)
    ? knex.raw('?? COLLATE "C"', [column])
    : knex.raw('?? COLLATE BINARY', [column]);
}

/** A LIKE pattern that finds the text anywhere, taking `%`, `_` and `\` as themselves; goes with `ESCAPE '\'`. */
export function containsPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Whether a column has one of some texts; one value of the query, however many they are. */
export function isAmong(
  knex: Knex,
  column: string | Knex.Raw,
  texts: readonly string[],
): Knex.Raw {
  const name = typeof column === 'string' ? knex.raw('??', [column]) : column;
  return isPostgres(knex)
    ? knex.raw('(? = ANY(?::text[]))', [name, texts as unknown as Knex.Value])
    : knex.raw('(? IN (SELECT value FROM json_each(?)))', [
        name,
        JSON.stringify(texts),
      ]);
}

/** The rows of a query whose column has one of some texts. */
export function whereAmong(
  knex: Knex,
  query: Knex.QueryBuilder,
  column: string,
  texts: readonly string[],
): Knex.QueryBuilder {
  return query.whereRaw('?', [isAmong(knex, column, texts)]);
}
