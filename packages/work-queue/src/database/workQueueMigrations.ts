import { Knex } from 'knex';
import { isPostgres } from './engine';

/** A step of the schema, to be called by a migration of the owning plugin. @public */
export type WorkQueueMigration = {
  /** @param prefix - begins the names of the tables, for example `herald_webhooks_`; lower case letters, digits, `_` */
  up(knex: Knex, prefix: string): Promise<void>;
  down(knex: Knex, prefix: string): Promise<void>;
};

/** The name of the table of work under a prefix. */
export function workTableName(prefix: string): string {
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(prefix)) {
    throw new RangeError(
      `The prefix “${prefix}” of a work queue is not 1 to 40 lower case letters, digits and _`,
    );
  }
  return `${prefix}work`;
}

/**
 * Work that is done leaves the table, so it stays small while everything in it changes: what is dead in it must go soon, whatever
 * the size. A claim and a heartbeat write no indexed column, and find room on the same page (HOT): they leave no index entries behind.
 */
const POSTGRES_STORAGE = `SET (
  fillfactor = 50,
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_cost_delay = 0,
  autovacuum_analyze_scale_factor = 0.1,
  autovacuum_analyze_threshold = 1000
)`;

const v1: WorkQueueMigration = {
  async up(knex, prefix) {
    const name = workTableName(prefix);
    await knex.schema.createTable(name, table => {
      table.comment('Work to be done, or dead; see docs/adr/0003');
      table.uuid('id').primary();
      table.string('kind', 64).notNullable();
      table.string('key', 255).nullable();
      table.text('payload').notNullable().comment('JSON');
      table.string('state', 8).notNullable().defaultTo('open');
      table.bigInteger('run_after').notNullable();
      table
        .bigInteger('lease_until')
        .notNullable()
        .defaultTo(0)
        .comment(
          '0: nobody has it. In the past: whoever has it is taken for lost',
        );
      table
        .bigInteger('token')
        .notNullable()
        .defaultTo(0)
        .comment('Grows with each claim; only the latest holder may settle');
      table
        .integer('attempt')
        .notNullable()
        .defaultTo(0)
        .comment('Claims since it was enqueued or driven again');
      table.integer('max_attempts').nullable();
      table.text('last_error').nullable();
      table.bigInteger('created_at').notNullable();
      table.bigInteger('ended_at').nullable();
    });
    await knex.raw(
      `CREATE INDEX ?? ON ?? (kind, run_after, id) WHERE state = 'open'`,
      [`${name}_due_idx`, name],
    );
    await knex.raw(
      `CREATE UNIQUE INDEX ?? ON ?? (kind, key) WHERE state = 'open' AND key IS NOT NULL`,
      [`${name}_key_idx`, name],
    );
    await knex.raw(`CREATE INDEX ?? ON ?? (id) WHERE state = 'dead'`, [
      `${name}_dead_idx`,
      name,
    ]);
    await knex.raw(`CREATE INDEX ?? ON ?? (ended_at) WHERE state = 'done'`, [
      `${name}_done_idx`,
      name,
    ]);
    if (isPostgres(knex)) {
      await knex.raw(`ALTER TABLE ?? ${POSTGRES_STORAGE}`, [name]);
    }
  },
  async down(knex, prefix) {
    await knex.schema.dropTable(workTableName(prefix));
  },
};

/**
 * The steps that make the tables of a queue. Migrations of the owning plugin apply them by name, each once, in order, so that a
 * newer version of this package changes no database behind its owner's back.
 *
 * @example
 * exports.up = knex => workQueueMigrations.v1.up(knex, 'herald_webhooks_');
 * exports.down = knex => workQueueMigrations.v1.down(knex, 'herald_webhooks_');
 *
 * @public
 */
export const workQueueMigrations = { v1 } as const;
