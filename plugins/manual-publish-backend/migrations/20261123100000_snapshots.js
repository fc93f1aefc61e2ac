/**
 * What was read of Notion, so that it is not read again: pages, lists of pages that are being read, and media.
 *
 * Moments are milliseconds since 1970 in a bigint: the same value, order and precision on both engines.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('herald_page_snapshot', table => {
    table.comment('A page with its blocks, as Notion answered them');
    table.string('page_id', 36).primary();
    table
      .string('parent_id', 36)
      .nullable()
      .comment('The page above, as it was last seen');
    table
      .string('edited_time', 40)
      .notNullable()
      .comment('When the page was edited, as Notion says it');
    table.bigInteger('read_at').notNullable();
    table
      .bigInteger('checked_at')
      .notNullable()
      .comment('When the times of the pages below it were read');
    table
      .bigInteger('changed_at')
      .nullable()
      .comment('When a webhook last said that it has changed');
    table.binary('content').notNullable().comment('JSON, compressed by zlib');
    table.index(['parent_id'], 'herald_page_snapshot_parent_idx');
  });

  await knex.schema.createTable('herald_snapshot_part', table => {
    table.comment('Answers about pages that have not been read completely');
    table.string('page_id', 36).notNullable();
    table.string('part', 120).notNullable().comment('Which call it answers');
    table.string('edited_time', 40).notNullable();
    table.bigInteger('read_at').notNullable();
    table.binary('content').notNullable().comment('JSON, compressed by zlib');
    table.primary(['page_id', 'part']);
    table.index(['read_at'], 'herald_snapshot_part_age_idx');
  });

  await knex.schema.createTable('herald_media', table => {
    table.comment('What was downloaded; the files are in the cache directory');
    table
      .string('medium', 64)
      .primary()
      .comment('SHA-256 of the block and the part of the URL that stays');
    table.string('block_id', 36).notNullable();
    table.string('hash', 64).notNullable().comment('SHA-256 of the content');
    table.string('extension', 16).notNullable();
    table.string('type', 100).notNullable();
    table.bigInteger('bytes').notNullable();
    table.integer('width').nullable();
    table.integer('height').nullable();
    table.bigInteger('fetched_at').notNullable();
    table.bigInteger('used_at').notNullable();
    table.index(['used_at'], 'herald_media_use_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('herald_media');
  await knex.schema.dropTable('herald_snapshot_part');
  await knex.schema.dropTable('herald_page_snapshot');
};
