import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/**
 * How this plugin's migrations run. Their table carries a name of its own, because another plugin with the same id may have
 * used this database before and left `knex_migrations` behind.
 */
export const migrationConfig: Knex.MigratorConfig = {
  directory: resolvePackagePath(
    '@herald/backstage-plugin-manual-publish-backend',
    'migrations',
  ),
  tableName: 'herald_knex_migrations',
};

/** Begins the names of the tables of this plugin's work. */
export const WORK_PREFIX = 'herald_manual_publish_';
