import { Knex } from 'knex';
import { testEngines } from '../__testUtils__/engines';
import { migrationConfig } from './migrate';

const databases = testEngines();

async function objectNames(knex: Knex): Promise<string[]> {
  if (knex.client.config.client === 'pg') {
    const { rows } = await knex.raw(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace ORDER BY 1`,
    );
    return rows.map(({ name }: { name: string }) => name);
  }
  return knex('sqlite_master')
    .whereNot('name', 'like', 'sqlite_%')
    .orderBy('name')
    .pluck('name');
}

const ours = (names: string[]) =>
  names.filter(name => !name.startsWith('herald_knex_migrations'));

describe.each(databases.eachSupportedId())('migrations on %s', engine => {
  it('go up, down to nothing, and up to the same again', async () => {
    const knex = await databases.init(engine);
    await knex.migrate.latest(migrationConfig);
    const up = await objectNames(knex);
    expect(up.length).toBeGreaterThan(10);

    await knex.migrate.rollback(migrationConfig, true);
    expect(ours(await objectNames(knex))).toEqual([]);

    await knex.migrate.latest(migrationConfig);
    expect(await objectNames(knex)).toEqual(up);
  });

  it('live beside another plugin that used this database before', async () => {
    const knex = await databases.init(engine);
    await knex.schema.createTable('notification', table => table.string('id'));
    await knex.schema.createTable('knex_migrations', table =>
      table.string('name'),
    );
    await knex('knex_migrations').insert({ name: '20240101_other.js' });

    await knex.migrate.latest(migrationConfig);
    await knex.migrate.rollback(migrationConfig, true);

    expect(await knex('knex_migrations').pluck('name')).toEqual([
      '20240101_other.js',
    ]);
    expect(await knex.schema.hasTable('notification')).toBe(true);
  });

  it('name everything with the prefix herald_', async () => {
    const knex = await databases.init(engine);
    await knex.migrate.latest(migrationConfig);
    expect(
      (await objectNames(knex)).filter(name => !name.startsWith('herald_')),
    ).toEqual([]);
  });
});
