import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { workQueueMigrations } from './workQueueMigrations';

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

describe.each(databases.eachSupportedId())('the tables on %s', engine => {
  it('go up under two prefixes, and down to nothing', async () => {
    const knex = await databases.init(engine);
    await workQueueMigrations.v1.up(knex, 'herald_a_');
    await workQueueMigrations.v1.up(knex, 'herald_b_');
    const names = await objectNames(knex);
    expect(names).toEqual(
      expect.arrayContaining(['herald_a_work', 'herald_b_work']),
    );
    expect(names.filter(name => !name.startsWith('herald_'))).toEqual([]);
    await workQueueMigrations.v1.down(knex, 'herald_a_');
    await workQueueMigrations.v1.down(knex, 'herald_b_');
    expect(await objectNames(knex)).toEqual([]);
  });

  it.each(['', 'Herald_', 'a"b', '1_', 'x'.repeat(41)])(
    'refuse the prefix “%s”',
    async prefix => {
      const knex = await databases.init(engine);
      await expect(workQueueMigrations.v1.up(knex, prefix)).rejects.toThrow(
        RangeError,
      );
    },
  );
});
