import { Knex } from 'knex';
import os from 'node:os';
import { Machine } from './report';

const SETTINGS = [
  'shared_buffers',
  'work_mem',
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'jit',
];

export async function describeMachine(postgres: Knex): Promise<Machine> {
  const { rows } = await postgres.raw<{
    rows: { name: string; value: string }[];
  }>(
    `SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY(?)`,
    [[...SETTINGS, 'server_version']],
  );
  const settings = new Map(rows.map(({ name, value }) => [name, value]));
  return {
    cores: os.availableParallelism(),
    processor: os.cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    node: process.versions.node,
    postgres: settings.get('server_version') ?? 'unknown',
    postgresSettings: Object.fromEntries(
      SETTINGS.map(name => [name, settings.get(name) ?? 'unknown']),
    ),
  };
}
