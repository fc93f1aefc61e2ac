/**
 * The translation memory: what translators answered, so that nothing is paid for twice. docs/adr/0006 has the reasons.
 *
 * Moments are milliseconds since 1970 in a bigint: the same value, order and precision on both engines.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('herald_translation_memory', table => {
    table.comment('Translations of segments; the hash has all they depend on');
    table
      .string('hash', 64)
      .primary()
      .comment('SHA-256 of segment, languages, translator and glossary');
    table.text('translation').notNullable();
    table.string('language', 35).notNullable();
    table
      .text('translator_version')
      .notNullable()
      .comment('Model and version of the prompt');
    table.string('glossary_version', 64).notNullable();
    table.bigInteger('created_at').notNullable();
    table
      .bigInteger('last_used_at')
      .notNullable()
      .comment('To the day: what is not used any more is deleted');
    table.index(['last_used_at'], 'herald_translation_memory_use_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('herald_translation_memory');
};
