import { Knex } from 'knex';
import { Contender, PAYLOAD } from './Contender';
import { Place } from './places';

const TABLE = 'bench_bare_work';
/** SQLite takes 500 rows of a compound SELECT. */
const ROWS_PER_INSERT = 500;

/** The least that works as long as nothing fails: no lease, no fencing, no retry, no metrics. */
export async function bareLoop(
  { knex }: Place,
  batchSize: number,
): Promise<Contender> {
  const isPostgres = knex.client.config.client === 'pg';
  await knex.schema.createTable(TABLE, table => {
    table.bigIncrements('id');
    table.text('payload').notNullable();
    table.bigInteger('run_after').notNullable();
    table.boolean('is_taken').notNullable().defaultTo(false);
  });
  await knex.raw(
    `CREATE INDEX bench_bare_due_idx ON ${TABLE} (run_after, id) WHERE NOT is_taken`,
  );
  const claim = async (): Promise<{ id: string; payload: string }[]> => {
    const due = `SELECT id FROM ${TABLE} WHERE NOT is_taken AND run_after <= ?
      ORDER BY run_after, id LIMIT ?`;
    const result: unknown = await knex.raw(
      `UPDATE ${TABLE} SET is_taken = true
        WHERE ${
          isPostgres
            ? // As `id IN (…)` it is a join, and may turn quadratic after the queue was empty once.
              `id = ANY(ARRAY(${due} FOR UPDATE SKIP LOCKED))`
            : `id IN (${due})`
        }
       RETURNING id, payload`,
      [Date.now(), batchSize],
    );
    return Array.isArray(result)
      ? result
      : (result as { rows: { id: string; payload: string }[] }).rows;
  };
  return {
    async enqueue(items) {
      await knex.transaction(tx => insert(tx, items));
    },
    async drain() {
      let done = 0;
      for (;;) {
        const claimed = await claim();
        if (claimed.length === 0) {
          return done;
        }
        await Promise.all(
          claimed.map(async ({ payload }) => JSON.parse(payload)),
        );
        await knex(TABLE)
          .whereIn(
            'id',
            claimed.map(({ id }) => id),
          )
          .delete();
        done += claimed.length;
      }
    },
    async left() {
      const [{ count }] = await knex(TABLE).count({ count: '*' });
      return Number(count);
    },
    async close() {
      await knex.schema.dropTable(TABLE);
    },
  };
}

async function insert(tx: Knex, items: number): Promise<void> {
  const now = Date.now();
  for (let left = items; left > 0; left -= ROWS_PER_INSERT) {
    await tx(TABLE).insert(
      Array.from({ length: Math.min(left, ROWS_PER_INSERT) }, () => ({
        payload: JSON.stringify(PAYLOAD),
        run_after: now,
      })),
    );
  }
}
