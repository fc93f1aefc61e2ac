/**
 * Other ids of messages, and of which expiry open pages have been told. docs/adr/0002 has the reasons.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('herald_message_alias', table => {
    table.comment(
      'The id that the sender of a scheduled message holds, where it took the place of an earlier one',
    );
    table.uuid('alias').primary();
    table
      .uuid('message_id')
      .notNullable()
      .references('id')
      .inTable('herald_message')
      .onDelete('CASCADE');
    table.index(['message_id'], 'herald_message_alias_message_idx');
  });
  await knex.schema.alterTable('herald_message', table => {
    table
      .bigInteger('told_expiry')
      .nullable()
      .comment('The expires_at of which streams have been told');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // Not by knex: on SQLite it makes the table anew, and what refers to its rows goes with the old one.
  await knex.raw('ALTER TABLE herald_message DROP COLUMN told_expiry');
  await knex.schema.dropTable('herald_message_alias');
};
