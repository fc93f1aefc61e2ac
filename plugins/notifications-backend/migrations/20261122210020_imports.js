/**
 * How far the messages of another notifications plugin have been taken over. docs/adr/0004 has the reasons.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('herald_import', table => {
    table.comment('How far the import from another plugin is');
    table.string('source', 32).primary();
    table
      .text('progress')
      .notNullable()
      .comment('JSON: where to go on, what was counted, what was wrong');
    table.boolean('is_running').notNullable();
    table.bigInteger('updated_at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('herald_import');
};
