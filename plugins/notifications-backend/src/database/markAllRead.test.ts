import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { EVERYBODY } from '../messages/Message';
import { InboxFilter } from '../messages/MessageStore';
import { DatabaseMessageStore } from './DatabaseMessageStore';
import { insertMessages } from './insertMessages';
import { migrationConfig } from './migrate';

const databases = testEngines();
const ME = 'user:default/me';
const me = { userRef: ME, refs: [ME, EVERYBODY] };
const ROWS = 10;
const OF_CI: InboxFilter = { scope: 'all', origins: ['ci'] };

describe.each(databases.eachSupportedId())(
  'all that matches is marked as read on %s',
  engine => {
    let knex: Knex;
    let store: DatabaseMessageStore;
    let grown: number;

    beforeAll(async () => {
      knex = await databases.init(engine);
      await knex.migrate.latest(migrationConfig);
    });
    beforeEach(async () => {
      for (const table of [
        'herald_message',
        'herald_feed',
        'herald_reader',
        'herald_read_floor',
      ]) {
        await knex(table).delete();
      }
      grown = 0;
      store = new DatabaseMessageStore(knex, {
        now: () => new Date(),
        unreadHorizonMs: 86_400_000,
        rowsPerTransaction: ROWS,
        onGrowth: () => (grown += 1),
      });
      await store.count(me, OF_CI);
      await insertMessages(
        knex,
        Array.from({ length: 50 }, (_, i) => ({
          id: uuid(),
          createdAt: new Date(),
          sender: 'external:tests',
          origin: i % 2 === 0 ? 'ci' : 'hr',
          title: `m${i}`,
          actions: [],
          severity: 'normal' as const,
          targets: i % 3 === 0 ? [ME, EVERYBODY] : [ME],
          exclusions: [],
        })),
      );
    });
    const unread = (filter: InboxFilter = OF_CI) =>
      store.count(me, { ...filter, isRead: false });
    const refreshes = async () =>
      (await knex('herald_feed').where({ kind: 'refresh' })).length;

    it('in transactions of few rows, each of which the feed is told of', async () => {
      await store.markAllRead(me, OF_CI, undefined);
      expect(await unread()).toBe(0);
      expect(await unread({ scope: 'all' })).toBe(25);
      expect(await refreshes()).toBe(3);
      expect(grown).toBe(3);
      expect(await knex('herald_read_mark')).toHaveLength(25);
    });

    it('on and on, where it was cut short, and only up to what was seen', async () => {
      const [{ seq }] = await knex('herald_message')
        .where({ title: 'm40' })
        .select('seq');
      let told = 0;
      knex.on('query', failThird);
      function failThird({ sql }: { sql: string }) {
        if (/insert into .?herald_feed/i.test(sql)) {
          told += 1;
          if (told === 3) throw new Error('The connection was lost');
        }
      }
      await expect(store.markAllRead(me, OF_CI, Number(seq))).rejects.toThrow(
        'The connection was lost',
      );
      knex.off('query', failThird);
      // What is committed was told; the rest is as it was.
      expect(await unread()).toBe(5);
      expect(await refreshes()).toBe(2);

      await store.markAllRead(me, OF_CI, Number(seq));
      expect(await unread()).toBe(4);
      expect(await refreshes()).toBe(3);
    });
  },
);
