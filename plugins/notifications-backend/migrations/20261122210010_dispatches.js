/**
 * What processors are told of messages that were sent. docs/adr/0004 has the reasons.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('herald_dispatch', table => {
    table.comment(
      'One sending of a message, for processors; a message that is sent again by its scope has several',
    );
    table.uuid('id').primary();
    table
      .uuid('message_id')
      .notNullable()
      .comment('No foreign key: it is written before its message');
    table
      .text('options')
      .notNullable()
      .comment('JSON: {recipients, payload} as upstream has them');
    table.boolean('is_update').notNullable().defaultTo(false);
    table.bigInteger('created_at').notNullable();
    table.index(['created_at'], 'herald_dispatch_age_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('herald_dispatch');
};
