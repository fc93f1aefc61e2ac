import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrationConfig } from '../migrate';

/** An empty database with the tables of this plugin. */
export async function migratedDatabase(
  databases: TestDatabases,
  engine: TestDatabaseId,
): Promise<Knex> {
  const knex = await databases.init(engine);
  await knex.migrate.latest(migrationConfig);
  return knex;
}
