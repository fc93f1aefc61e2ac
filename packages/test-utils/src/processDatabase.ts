import { TestDatabaseId } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import knexFactory from 'knex';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

let made = 0;

/** A database that processes can share and that outlives them, as `backend.database` wants it. */
export async function processDatabase(
  engine: TestDatabaseId,
): Promise<{ config: JsonObject; remove(): Promise<void> }> {
  return engine === 'SQLITE_3' ? onSqlite() : onPostgres();
}

async function onSqlite() {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'herald-database-'));
  return {
    config: { client: 'better-sqlite3', connection: { directory } },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Databases of its own, one for each plugin, on the PostgreSQL of the tests. */
async function onPostgres() {
  const connection =
    process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING ?? '';
  made += 1;
  const prefix = `herald_process_${process.pid}_${made}_`;
  return {
    config: { client: 'pg', connection, prefix },
    remove: async () => {
      const admin = knexFactory({ client: 'pg', connection });
      const { rows } = await admin.raw(
        `SELECT datname FROM pg_database WHERE datname LIKE ?`,
        [`${prefix.replaceAll('_', '\\_')}%`],
      );
      for (const { datname } of rows) {
        await admin.raw('DROP DATABASE ?? WITH (FORCE)', [datname]);
      }
      await admin.destroy();
    },
  };
}
