const NEW_COLUMNS = {
  herald_reader: ['archived_seq', 'has_archived'],
  herald_read_mark: ['is_archived', 'ref', 'origin', 'topic', 'expires_at'],
  herald_target: ['origin', 'topic', 'expires_at', 'is_plain'],
  herald_message: [
    'updated_at',
    'corrected_at',
    'severity',
    'type',
    'solution',
    'document_title',
    'link',
    'icon',
    'metadata',
    'expires_at',
    'scope',
    'scope_hash',
  ],
};

const TARGET_COPIES = ['expires_at', 'is_plain', 'origin', 'topic'];

const OLD_INDEXES = new Map([
  [
    'herald_target_list_idx',
    {
      table: 'herald_target',
      columns: ['ref', 'sort_at', 'seq', 'message_id'],
    },
  ],
  [
    'herald_target_count_idx',
    { table: 'herald_target', columns: ['ref', 'seq'] },
  ],
  [
    'herald_read_mark_count_idx',
    { table: 'herald_read_mark', columns: ['user_ref', 'is_read', 'seq'] },
  ],
]);

// With all that lists and counts look at, so that they read nothing else.
const NEW_INDEXES = new Map([
  [
    'herald_target_reading_idx',
    {
      table: 'herald_target',
      columns: ['ref', 'sort_at', 'seq', 'message_id'],
      including: TARGET_COPIES,
    },
  ],
  [
    'herald_target_counting_idx',
    {
      table: 'herald_target',
      columns: ['ref', 'seq'],
      including: TARGET_COPIES,
    },
  ],
  [
    'herald_read_mark_counting_idx',
    {
      table: 'herald_read_mark',
      columns: ['user_ref', 'is_read', 'seq'],
      including: ['expires_at', 'ref', 'origin', 'topic'],
    },
  ],
]);

/**
 * What a message can say and be besides: severity and the like, scope, exclusions, expiry; archived and saved; preferences.
 * docs/adr/0002 has the reasons. Every new column has a default, so that the version before goes on writing.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('herald_message', table => {
    table.bigInteger('updated_at').nullable().comment('When it was sent again');
    table.bigInteger('corrected_at').nullable();
    table.string('severity', 16).notNullable().defaultTo('normal');
    table.string('type', 16).nullable();
    table.text('solution').nullable();
    table.text('document_title').nullable();
    table.text('link').nullable();
    table.text('icon').nullable();
    table.text('metadata').nullable().comment('JSON object');
    table.bigInteger('expires_at').nullable();
    table.text('scope').nullable();
    table
      .string('scope_hash', 64)
      .nullable()
      .comment('Of sender, origin, scope and audience');
    table.unique(['scope_hash'], { indexName: 'herald_message_scope_uq' });
    // A unique one would make each update of seq, as a later message of the same scope does it, wait for whoever holds a
    // foreign key to the row: the lock of the feed keeps it unique.
    table.dropUnique(['seq']);
    table.index(['seq'], 'herald_message_seq_idx');
    table.index(['expires_at'], 'herald_message_expiry_idx');
    table.index(['sender'], 'herald_message_sender_idx');
  });

  await knex.schema.alterTable('herald_target', table => {
    table.text('origin').nullable();
    table.text('topic').nullable();
    table.bigInteger('expires_at').nullable();
    table
      .boolean('is_plain')
      .notNullable()
      .defaultTo(true)
      .comment('It has no exclusions, and its seq never changes');
  });
  await knex('herald_target').update({
    origin: copyOf(knex, 'origin'),
    topic: copyOf(knex, 'topic'),
  });

  await knex.schema.createTable('herald_exclusion', table => {
    table.comment('Whom a message does not reach, although a target does');
    table
      .uuid('message_id')
      .notNullable()
      .references('id')
      .inTable('herald_message')
      .onDelete('CASCADE');
    table.string('ref', 400).notNullable();
    table.primary(['message_id', 'ref']);
  });

  await knex.schema.alterTable('herald_read_mark', table => {
    table.boolean('is_archived').notNullable().defaultTo(false);
    // Copies of a plain target through which the message came, so that unread marks are counted without it.
    table.string('ref', 400).nullable();
    table.text('origin').nullable();
    table.text('topic').nullable();
    table.bigInteger('expires_at').nullable();
  });

  await knex.schema.createTable('herald_saved', table => {
    table.comment('A message that a user keeps');
    table.string('user_ref', 400).notNullable();
    table
      .uuid('message_id')
      .notNullable()
      .references('id')
      .inTable('herald_message')
      .onDelete('CASCADE');
    table.bigInteger('saved_at').notNullable();
    table.primary(['user_ref', 'message_id']);
    table.index(['message_id'], 'herald_saved_message_idx');
  });

  await knex.schema.alterTable('herald_reader', table => {
    table
      .bigInteger('archived_seq')
      .notNullable()
      .defaultTo(0)
      .comment('Up to here everything is archived, unless a mark says not');
    table
      .boolean('has_archived')
      .notNullable()
      .defaultTo(false)
      .comment('Whether a mark of theirs may be archived');
  });

  await knex.schema.createTable('herald_preference', table => {
    table.comment('What a user wants to be told of; * holds the defaults');
    table.string('user_ref', 400).primary();
    table.text('document').notNullable().comment('JSON');
    table.bigInteger('updated_at').notNullable();
  });

  await knex.schema.createTable('herald_scheduled_message', table => {
    table.comment('A message that waits for its moment');
    table.uuid('id').primary();
    table.text('sender').notNullable();
    table.bigInteger('send_at').notNullable();
    table.text('message').notNullable().comment('JSON');
  });

  for (const name of OLD_INDEXES.keys()) {
    await knex.raw('DROP INDEX ??', [name]);
  }
  for (const [name, index] of NEW_INDEXES) {
    await createIndex(knex, name, index);
  }
  // What the version before writes, while both run, has no copies yet.
  await knex.raw(
    'CREATE INDEX herald_target_uncopied_idx ON herald_target (message_id) WHERE origin IS NULL',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX herald_target_uncopied_idx');
  for (const name of NEW_INDEXES.keys()) {
    await knex.raw('DROP INDEX ??', [name]);
  }
  for (const [name, index] of OLD_INDEXES) {
    await createIndex(knex, name, index);
  }
  for (const table of [
    'herald_scheduled_message',
    'herald_preference',
    'herald_saved',
    'herald_exclusion',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex.schema.alterTable('herald_message', table => {
    table.dropUnique(['scope_hash'], 'herald_message_scope_uq');
    table.dropIndex(['expires_at'], 'herald_message_expiry_idx');
    table.dropIndex(['sender'], 'herald_message_sender_idx');
    table.dropIndex(['seq'], 'herald_message_seq_idx');
    table.unique(['seq']);
  });
  for (const [table, columns] of Object.entries(NEW_COLUMNS)) {
    for (const column of columns) {
      // Not by knex: on SQLite it makes the table anew, and what refers to its rows goes with the old one.
      await knex.raw('ALTER TABLE ?? DROP COLUMN ??', [table, column]);
    }
  }
};

/** SQLite knows no included columns; there they are the last ones of the key. */
function createIndex(knex, name, { table, columns, including = [] }) {
  const isPostgres = knex.client.config.client === 'pg';
  const names = list => list.map(() => '??').join(', ');
  return isPostgres && including.length > 0
    ? knex.raw(
        `CREATE INDEX ?? ON ?? (${names(columns)}) INCLUDE (${names(
          including,
        )})`,
        [name, table, ...columns, ...including],
      )
    : knex.raw(`CREATE INDEX ?? ON ?? (${names([...columns, ...including])})`, [
        name,
        table,
        ...columns,
        ...including,
      ]);
}

function copyOf(knex, column) {
  return knex('herald_message')
    .select(column)
    .whereRaw('herald_message.id = herald_target.message_id');
}
