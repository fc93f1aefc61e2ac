/**
 * Whether pages get the addresses that their titles say today; docs/adr/0006 has the reasons.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('herald_job', table => {
    table.boolean('update_slugs').notNullable().defaultTo(false);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // Not by knex: on SQLite it makes the table anew, and what refers to its rows goes with the old one.
  await knex.raw('ALTER TABLE herald_job DROP COLUMN update_slugs');
};
