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
