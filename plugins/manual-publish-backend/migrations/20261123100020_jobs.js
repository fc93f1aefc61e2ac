const { workQueueMigrations } = require('@herald/work-queue');

const WORK_PREFIX = 'herald_manual_publish_';

/**
 * Jobs, what happened in them, what was published, and the trees of manuals as they were last read. docs/adr/0006 has the reasons.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('herald_job', table => {
    table.comment('Jobs that publish manuals');
    table.string('id', 36).primary().comment('UUIDv7: sorts by age');
    table.string('status', 32).notNullable();
    table.string('solution', 64).notNullable();
    table
      .string('running_solution', 64)
      .unique({ indexName: 'herald_job_running_uq' })
      .comment('The solution, from STARTED to the end: one job at a time');
    table.string('holder', 36).comment('The claim whose writes count');
    table.string('notion_page_id', 36).notNullable();
    table.text('title').notNullable();
    table.text('target_languages').notNullable().comment('JSON');
    table.boolean('dry_run').notNullable();
    table.boolean('force').notNullable();
    table.string('requested_by', 300).notNullable();
    table.string('retry_of', 36);
    table.boolean('cancel_requested').notNullable().defaultTo(false);
    table.boolean('unchanged').notNullable().defaultTo(false);
    table.integer('event_count').notNullable().defaultTo(0);
    table.integer('warning_count').notNullable().defaultTo(0);
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('ended_at');
    for (const name of ['steps', 'progress', 'cost', 'commits']) {
      table.text(name).notNullable().comment('JSON');
    }
    table.text('estimate').comment('JSON');
    table.text('failure').comment('JSON');
    table
      .string('exported_head', 64)
      .comment(
        'The commit that a checkout has to have in it to go on after the export',
      );
    table
      .text('publication')
      .comment('JSON: what the pages are once the job has completed');
    table.index(['status', 'id'], 'herald_job_status_idx');
    table.index(['solution', 'id'], 'herald_job_solution_idx');
    table.index(['requested_by', 'id'], 'herald_job_requested_by_idx');
    table.index(['ended_at'], 'herald_job_ended_at_idx');
  });
  await knex.schema.createTable('herald_job_event', table => {
    table.comment('What happened in a job, for those who watch it');
    table
      .string('job_id', 36)
      .notNullable()
      .references('id')
      .inTable('herald_job')
      .onDelete('CASCADE');
    table.integer('number').notNullable().comment('From 1, without gaps');
    table.string('type', 16).notNullable();
    table.text('payload').notNullable().comment('JSON');
    table.bigInteger('at').notNullable();
    table.primary(['job_id', 'number']);
    table.index(['job_id', 'type', 'number'], 'herald_job_event_type_idx');
  });
  await knex.schema.createTable('herald_published_page', table => {
    table.comment('What of each page was last published');
    table.string('solution', 64).notNullable();
    table.string('page_id', 36).notNullable();
    table.text('path').notNullable();
    table.bigInteger('edited_at').notNullable();
    table.bigInteger('read_at').notNullable();
    table.bigInteger('published_at').notNullable();
    table.string('job_id', 36).notNullable();
    table.primary(['solution', 'page_id']);
  });
  await knex.schema.createTable('herald_manuals_tree', table => {
    table.comment('The tree of a solution as it was last read');
    table.string('solution', 64).primary();
    table.string('root_page_id', 36).notNullable();
    table.text('tree').notNullable().comment('JSON');
    table.bigInteger('read_at').notNullable();
  });
  await knex.schema.createTable('herald_webhook_event', table => {
    table.comment(
      'Events of Notion that were taken, so that none counts twice',
    );
    table.string('id', 64).primary();
    table.bigInteger('received_at').notNullable();
    table.index(['received_at'], 'herald_webhook_event_received_at_idx');
  });
  await workQueueMigrations.v1.up(knex, WORK_PREFIX);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await workQueueMigrations.v1.down(knex, WORK_PREFIX);
  await knex.schema.dropTable('herald_webhook_event');
  await knex.schema.dropTable('herald_manuals_tree');
  await knex.schema.dropTable('herald_published_page');
  await knex.schema.dropTable('herald_job_event');
  await knex.schema.dropTable('herald_job');
};
