/**
 * Messages, whom they are for, who has read them, and the feed of changes. docs/adr/0001 has the reasons.
 *
 * Moments are milliseconds since 1970 in a bigint: the same value, order and precision on both engines.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';

  await knex.schema.createTable('herald_feed_state', table => {
    table.comment(
      'One row: which life of the feed this is, and its last number on engines without sequences',
    );
    table.integer('id').primary();
    table.uuid('epoch').notNullable();
    table.bigInteger('last_seq').notNullable();
    table
      .bigInteger('trimmed_seq')
      .notNullable()
      .comment('Everything up to here may have left the feed');
  });
  await knex('herald_feed_state').insert({
    id: 1,
    epoch: require('crypto').randomUUID(),
    last_seq: 0,
    trimmed_seq: 0,
  });
  if (isPostgres) {
    await knex.raw('CREATE SEQUENCE herald_feed_seq AS bigint');
  }

  await knex.schema.createTable('herald_feed', table => {
    table.comment('Append-only log of what changed; seq is in commit order');
    table.bigInteger('seq').primary();
    table.string('kind', 32).notNullable();
    table.uuid('message_id').nullable();
    table.string('user_ref', 400).nullable();
    table.text('payload').nullable();
    table.bigInteger('at').notNullable();
    table.index(['at'], 'herald_feed_age_idx');
  });

  await knex.schema.createTable('herald_message', table => {
    table.uuid('id').primary();
    table.bigInteger('seq').notNullable().unique();
    table.bigInteger('created_at').notNullable();
    table
      .bigInteger('sort_at')
      .notNullable()
      .comment('When it was last sent: updated, else created');
    table.text('sender').notNullable().comment('The authenticated principal');
    table.boolean('is_system').notNullable();
    table.text('origin').notNullable();
    table.text('title').notNullable();
    table.text('message').nullable();
    table.text('topic').nullable();
    table.text('actions').notNullable().comment('JSON: [{id, title, url}]');
    table.text('title_folded').notNullable();
    table.text('message_folded').notNullable();
    table.index(['sort_at', 'seq'], 'herald_message_sort_idx');
  });

  await knex.schema.createTable('herald_target', table => {
    table.comment(
      'A user, a group or * a message is for; copies what lists and counts filter by',
    );
    table
      .uuid('message_id')
      .notNullable()
      .references('id')
      .inTable('herald_message')
      .onDelete('CASCADE');
    table.string('ref', 400).notNullable();
    table.bigInteger('seq').notNullable();
    table.bigInteger('sort_at').notNullable();
    table.primary(['message_id', 'ref']);
    table.index(
      ['ref', 'sort_at', 'seq', 'message_id'],
      'herald_target_list_idx',
    );
    table.index(['ref', 'seq'], 'herald_target_count_idx');
  });

  await knex.schema.createTable('herald_read_mark', table => {
    table.comment(
      'What a user said of one message; holds for the seq at which it was said',
    );
    table.string('user_ref', 400).notNullable();
    table
      .uuid('message_id')
      .notNullable()
      .references('id')
      .inTable('herald_message')
      .onDelete('CASCADE');
    table.bigInteger('seq').notNullable();
    table.boolean('is_read').notNullable();
    table.primary(['message_id', 'user_ref']);
    table.index(['user_ref', 'is_read', 'seq'], 'herald_read_mark_count_idx');
  });

  await knex.schema.createTable('herald_reader', table => {
    table.comment(
      'A user who has been here, and how far the feed was when they last were',
    );
    table.string('user_ref', 400).primary();
    table.bigInteger('seen_seq').notNullable();
    table.bigInteger('seen_at').notNullable();
  });

  await knex.schema.createTable('herald_read_floor', table => {
    table.comment(
      'Up to this seq, a message to this ref counts as read by this user',
    );
    table.string('user_ref', 400).notNullable();
    table.string('ref', 400).notNullable();
    table.bigInteger('floor_seq').notNullable();
    table.primary(['user_ref', 'ref']);
  });

  await knex.schema.createTable('herald_idempotency_key', table => {
    table.string('sender', 400).notNullable();
    table.string('key', 255).notNullable();
    table.string('body_hash', 64).notNullable();
    table.uuid('message_id').notNullable();
    table.bigInteger('created_at').notNullable();
    table.primary(['sender', 'key']);
    table.index(['created_at'], 'herald_idempotency_key_age_idx');
  });

  if (isPostgres) {
    await createTrigramIndexes(knex);
  }
};

/**
 * Search works without these, slower. The extension may be out of reach (a role without the right to create it), and it may
 * live in another schema, when several plugins share a database.
 */
async function createTrigramIndexes(knex) {
  try {
    await knex.transaction(tx =>
      tx.raw('CREATE EXTENSION IF NOT EXISTS pg_trgm'),
    );
  } catch {
    return;
  }
  const { rows } = await knex.raw(
    `SELECT n.nspname AS schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm'`,
  );
  for (const column of ['title_folded', 'message_folded']) {
    await knex.raw(
      `CREATE INDEX ?? ON herald_message USING gin (?? ??.gin_trgm_ops)`,
      [`herald_message_${column}_idx`, column, rows[0].schema],
    );
  }
}

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'herald_idempotency_key',
    'herald_read_floor',
    'herald_reader',
    'herald_read_mark',
    'herald_target',
    'herald_message',
    'herald_feed',
    'herald_feed_state',
  ]) {
    await knex.schema.dropTable(table);
  }
  if (knex.client.config.client === 'pg') {
    await knex.raw('DROP SEQUENCE herald_feed_seq');
  }
};
