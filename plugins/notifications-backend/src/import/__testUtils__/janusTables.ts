import { Knex } from 'knex';
import postgres from '../__fixtures__/janus-1.6.0.postgres.json';
import sqlite from '../__fixtures__/janus-1.6.0.sqlite.json';

/**
 * The database of a Janus plugin. The rows are what `@janus-idp/plugin-notifications-backend` 1.6.0 wrote on this engine, over its
 * own HTTP API; the tables are made as its `initDB` makes them. Its plugin asks for host services that Backstage has no longer, so
 * its router was run by itself, once, to record them.
 */
export async function janusTables(knex: Knex): Promise<void> {
  await knex.schema.createTable('messages', table => {
    table.uuid('id').primary().notNullable().defaultTo(knex.fn.uuid());
    table.string('origin').notNullable();
    table.string('created').index();
    table.string('title').notNullable();
    table.text('message');
    table.string('topic');
    table.boolean('is_system').notNullable().index();
  });
  await knex.schema.createTable('users', table => {
    table.uuid('message_id').notNullable().index();
    table.string('user').notNullable().index();
    table.boolean('read').defaultTo('false');
    table
      .foreign('message_id')
      .references('id')
      .inTable('messages')
      .onDelete('CASCADE');
    table.primary(['message_id', 'user']);
  });
  await knex.schema.createTable('groups', table => {
    table.uuid('message_id').notNullable().index();
    table.string('group').notNullable().index();
    table
      .foreign('message_id')
      .references('id')
      .inTable('messages')
      .onDelete('CASCADE');
    table.primary(['message_id', 'group']);
  });
  await knex.schema.createTable('actions', table => {
    table.uuid('id').defaultTo(knex.fn.uuid());
    table.uuid('message_id').notNullable().index();
    table.string('url').notNullable();
    table.string('title').notNullable();
    table
      .foreign('message_id')
      .references('id')
      .inTable('messages')
      .onDelete('CASCADE');
  });
  const rows = knex.client.config.client === 'pg' ? postgres : sqlite;
  for (const table of ['messages', 'users', 'groups', 'actions'] as const) {
    await knex(table).insert(rows[table]);
  }
}
