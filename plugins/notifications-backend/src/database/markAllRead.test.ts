import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { EVERYBODY, NewMessage } from '../messages/Message';
import { InboxFilter, InboxPosition } from '../messages/MessageStore';
import { DatabaseMessageStore } from './DatabaseMessageStore';
import { insertMessages } from './insertMessages';
import { migrationConfig } from './migrate';

const databases = testEngines();
const ME = 'user:default/me';
const me = { userRef: ME, refs: [ME, EVERYBODY] };
const ROWS = 10;
const NOW = Date.now();
const DAY = 86_400_000;
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
    const send = (messages: Partial<NewMessage>[]) =>
      insertMessages(
        knex,
        messages.map(message => ({
          id: uuid(),
          createdAt: new Date(NOW),
          sender: 'external:tests',
          origin: 'ci',
          title: 'm',
          actions: [],
          severity: 'normal',
          targets: [ME],
          exclusions: [],
          ...message,
        })),
      );
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
      await send(
        Array.from({ length: 50 }, (_, i) => ({
          origin: i % 2 === 0 ? 'ci' : 'hr',
          title: `m${i}`,
          targets: i % 3 === 0 ? [ME, EVERYBODY] : [ME],
        })),
      );
    });
    const placeOf = async (title: string): Promise<InboxPosition> => {
      const row = await knex('herald_message').where({ title }).first();
      return { sortAt: Number(row.sort_at), seq: Number(row.seq) };
    };
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
      const point = await placeOf('m40');
      let told = 0;
      knex.on('query', failThird);
      function failThird({ sql }: { sql: string }) {
        if (/insert into .?herald_feed/i.test(sql)) {
          told += 1;
          if (told === 3) throw new Error('The connection was lost');
        }
      }
      await expect(store.markAllRead(me, OF_CI, point)).rejects.toThrow(
        'The connection was lost',
      );
      knex.off('query', failThird);
      // What is committed was told; the rest is as it was.
      expect(await unread()).toBe(5);
      expect(await refreshes()).toBe(2);

      await store.markAllRead(me, OF_CI, point);
      expect(await unread()).toBe(4);
      expect(await refreshes()).toBe(3);
    });

    describe.each([
      ['with a filter', OF_CI],
      ['without one', { scope: 'all' as const }],
    ])('up to a place in the list, %s:', (_, filter) => {
      const titles = async () => {
        const { messages } = await store.list(me, {
          ...filter,
          isRead: false,
          orderBy: 'created',
          direction: 'asc',
          limit: 100,
          offset: 0,
        });
        return messages.map(({ title }) => title);
      };
      beforeEach(() => store.markAllRead(me, { scope: 'all' }, undefined));

      it('what is older is read, however late it came', async () => {
        await send([{ title: 'seen' }]);
        await send(
          Array.from({ length: 25 }, (__, i) => ({
            title: `imported ${i}`,
            createdAt: new Date(NOW - DAY),
          })),
        );
        await send([{ title: 'new', createdAt: new Date(NOW + DAY) }]);
        await store.markAllRead(me, filter, await placeOf('seen'));
        expect(await titles()).toEqual(['new']);
      });

      it('what is newer stays unread, however early it came', async () => {
        await send([{ title: 'newer' }]);
        await send(
          Array.from({ length: 25 }, (__, i) => ({
            title: `imported ${i}`,
            createdAt: new Date(NOW - DAY + i),
          })),
        );
        await store.markAllRead(me, filter, await placeOf('imported 23'));
        expect(await titles()).toEqual(['imported 24', 'newer']);
        expect(await store.count(me, { ...filter, isRead: false })).toBe(2);
      });

      it('what was seen and has come again since stays unread, and so does what is of the same millisecond', async () => {
        await send([{ title: 'before' }, { title: 'A1', scope: 'a' }]);
        const seen = await placeOf('A1');
        await send([{ title: 'B', createdAt: new Date(NOW + 1) }]);
        await send([
          { title: 'A2', scope: 'a', createdAt: new Date(NOW + DAY) },
        ]);
        await store.markAllRead(me, filter, { ...seen, seq: 0 });
        expect(await titles()).toEqual(['before', 'B', 'A2']);
        await store.markAllRead(me, filter, { sortAt: NOW + 1, seq: 0 });
        expect(await titles()).toEqual(['B', 'A2']);
      });
    });
  },
);
