/**
 * By what a remembered count of unread marks is known to hold still. docs/adr/0002 has the reasons.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('herald_feed_state', table => {
    table
      .bigInteger('marks_epoch')
      .notNullable()
      .defaultTo(0)
      .comment('Grows when others than their readers change or delete marks');
  });
  // Of what readers have said, and not of messages, which are most of it.
  await knex.raw(
    'CREATE INDEX herald_feed_reader_idx ON herald_feed (user_ref, seq) WHERE user_ref IS NOT NULL',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX herald_feed_reader_idx');
  await knex.raw('ALTER TABLE herald_feed_state DROP COLUMN marks_epoch');
};
