const { workQueueMigrations } = require('@herald/work-queue');

const PREFIX = 'herald_notifications_';

/**
 * The plugin's durable work, and what senders have spent of their quotas.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await workQueueMigrations.v1.up(knex, PREFIX);
  await knex.schema.createTable('herald_sender_quota', table => {
    table.comment('What a sender has spent of its quota in its latest window');
    table.text('sender').primary();
    table.bigInteger('window_start').notNullable();
    table.integer('spent').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('herald_sender_quota');
  await workQueueMigrations.v1.down(knex, PREFIX);
};
