import knexFactory, { Knex } from 'knex';

/** Where the PostgreSQL is that the bench may create databases in. */
export const POSTGRES_VARIABLE = 'HERALD_BENCH_POSTGRES';

export function postgresAddress(): string {
  const address = process.env[POSTGRES_VARIABLE];
  if (!address) {
    throw new Error(
      `${POSTGRES_VARIABLE} is not set: run \`yarn bench <name>\`, which starts a PostgreSQL, or set it to a connection string whose user may create databases`,
    );
  }
  return address;
}

export function connect(database?: string): Knex {
  const address = new URL(postgresAddress());
  if (database !== undefined) {
    address.pathname = `/${database}`;
  }
  return knexFactory({
    client: 'pg',
    connection: address.href,
    // One session, so that what is set for it holds.
    pool: { min: 0, max: 1 },
  });
}

/** Removes a database, whoever is connected to it. */
export async function dropDatabase(admin: Knex, name: string): Promise<void> {
  await admin.raw('DROP DATABASE IF EXISTS ?? WITH (FORCE)', [name]);
}

/**
 * Loads tables in bulk: their indexes are set aside while rows come in and built again afterwards, as a restore does it, and
 * statistics and visibility map are made current, as autovacuum does it in a running portal.
 */
export async function loadInBulk(
  db: Knex,
  tables: readonly string[],
  load: () => Promise<void>,
): Promise<void> {
  const { rows } = await db.raw<{
    rows: { name: string; definition: string }[];
  }>(
    `SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition
       FROM pg_index i
       JOIN pg_class c ON c.oid = i.indexrelid
       JOIN pg_class t ON t.oid = i.indrelid
      WHERE t.relname = ANY(?) AND pg_table_is_visible(t.oid)
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)`,
    [[...tables]],
  );
  for (const { name } of rows) {
    await db.raw('DROP INDEX ??', [name]);
  }
  // Foreign keys are right by construction; looking each of them up would take most of the time.
  await db.raw(`SET session_replication_role = 'replica'`);
  await load();
  await db.raw(`SET session_replication_role = 'origin'`);
  for (const { definition } of rows) {
    await db.raw(definition);
  }
  await vacuum(db, tables);
}

/** What autovacuum does in time in a running portal, done at once: row versions that are gone cost nothing any more. */
export async function vacuum(
  db: Knex,
  tables: readonly string[],
): Promise<void> {
  for (const table of tables) {
    await db.raw('VACUUM (ANALYZE) ??', [table]);
  }
}
