import knexFactory, { Knex } from 'knex';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { connect, dropDatabase, postgresAddress } from '../harness/postgres';

/** A database to measure on. */
export type Place = { name: string; knex: Knex; remove(): Promise<void> };

const DATABASE = 'bench_work_queue';

export async function onPostgres(): Promise<Place> {
  const admin = connect();
  await dropDatabase(admin, DATABASE);
  await admin.raw('CREATE DATABASE ??', [DATABASE]);
  const address = new URL(postgresAddress());
  address.pathname = `/${DATABASE}`;
  const knex = knexFactory({
    client: 'pg',
    connection: address.href,
    // As a plugin has it.
    pool: { min: 2, max: 10 },
  });
  return {
    name: 'PostgreSQL',
    knex,
    async remove() {
      await knex.destroy();
      await dropDatabase(admin, DATABASE);
      await admin.destroy();
    },
  };
}

export async function onSqlite(): Promise<Place> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'herald-bench-'));
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: path.join(directory, 'work.sqlite') },
    pool: { min: 1, max: 1 },
    useNullAsDefault: true,
  });
  // As the host sets it for a database in a file.
  await knex.raw('PRAGMA journal_mode = WAL');
  await knex.raw('PRAGMA synchronous = NORMAL');
  return {
    name: 'SQLite',
    knex,
    async remove() {
      await knex.destroy();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
