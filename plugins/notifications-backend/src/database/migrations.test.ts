import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { EVERYBODY } from '../messages/Message';
import { DatabaseMessageStore } from './DatabaseMessageStore';
import { migrationConfig } from './migrate';

const databases = testEngines();

async function objectNames(knex: Knex): Promise<string[]> {
  if (knex.client.config.client === 'pg') {
    const { rows } = await knex.raw(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace ORDER BY 1`,
    );
    return rows.map(({ name }: { name: string }) => name);
  }
  return knex('sqlite_master')
    .whereNot('name', 'like', 'sqlite_%')
    .orderBy('name')
    .pluck('name');
}

const ours = (names: string[]) =>
  names.filter(name => !name.startsWith('herald_knex_migrations'));

describe.each(databases.eachSupportedId())('migrations on %s', engine => {
  it('go up, down to nothing, and up to the same again', async () => {
    const knex = await databases.init(engine);
    await knex.migrate.latest(migrationConfig);
    const up = await objectNames(knex);
    expect(up.length).toBeGreaterThan(10);

    await knex.migrate.rollback(migrationConfig, true);
    expect(ours(await objectNames(knex))).toEqual([]);

    await knex.migrate.latest(migrationConfig);
    expect(await objectNames(knex)).toEqual(up);
  });

  it('live beside another plugin that used this database before', async () => {
    const knex = await databases.init(engine);
    await knex.schema.createTable('notification', table => table.string('id'));
    await knex.schema.createTable('knex_migrations', table =>
      table.string('name'),
    );
    await knex('knex_migrations').insert({ name: '20240101_other.js' });

    await knex.migrate.latest(migrationConfig);
    await knex.migrate.rollback(migrationConfig, true);

    expect(await knex('knex_migrations').pluck('name')).toEqual([
      '20240101_other.js',
    ]);
    expect(await knex.schema.hasTable('notification')).toBe(true);
  });

  it('name everything with the prefix herald_', async () => {
    const knex = await databases.init(engine);
    await knex.migrate.latest(migrationConfig);
    expect(
      (await objectNames(knex)).filter(name => !name.startsWith('herald_')),
    ).toEqual([]);
  });

  it('go over what the version before has stored, and what it stores while both run', async () => {
    const knex = await databases.init(engine);
    await knex.migrate.up({ ...migrationConfig });
    const GUEST = 'user:default/guest';
    const reader = { userRef: GUEST, refs: [GUEST, EVERYBODY] };
    let seq = 0;
    /** As the version before does it. */
    const store = async (title: string) => {
      seq += 1;
      const id = uuid();
      const at = Date.now() + seq;
      await knex('herald_message').insert({
        id,
        seq,
        created_at: at,
        sort_at: at,
        sender: 'external:before',
        is_system: false,
        origin: 'ci',
        title,
        topic: 'main',
        actions: '[]',
        title_folded: title,
        message_folded: '',
      });
      await knex('herald_target').insert({
        message_id: id,
        ref: GUEST,
        seq,
        sort_at: at,
      });
      return { id, seq };
    };
    const mark = (message: { id: string; seq: number }) =>
      knex('herald_read_mark').insert({
        user_ref: GUEST,
        message_id: message.id,
        seq: message.seq,
        is_read: true,
      });
    await mark(await store('read before'));
    await store('before');

    await knex.migrate.latest(migrationConfig);
    const messages = new DatabaseMessageStore(knex, {
      now: () => new Date(),
      unreadHorizonMs: 86_400_000,
    });
    await mark(await store('read meanwhile'));
    await store('meanwhile');
    const unread = async () =>
      (
        await messages.list(reader, {
          scope: 'all',
          isRead: false,
          orderBy: 'created',
          direction: 'desc',
          limit: 10,
          offset: 0,
        })
      ).messages.map(({ title }) => title);
    expect(await unread()).toEqual(['meanwhile', 'before']);
    expect(await messages.count(reader, { scope: 'all', isRead: false })).toBe(
      2,
    );

    await messages.adoptEarlier();
    await messages.setRules(GUEST, [
      { channel: 'web', origin: 'ci', topic: 'main', enabled: false },
    ]);
    expect(await unread()).toEqual([]);

    while (await knex.schema.hasTable('herald_exclusion')) {
      await knex.migrate.down(migrationConfig);
    }
    expect(await knex('herald_message')).toHaveLength(4);
    expect(await knex('herald_target')).toHaveLength(4);
    expect(await knex('herald_read_mark')).toHaveLength(2);
    await knex.migrate.latest(migrationConfig);
    expect(await unread()).toEqual(['meanwhile', 'before']);
  });
});
