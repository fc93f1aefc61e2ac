import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { EVERYBODY, NewMessage } from '../messages/Message';
import { purgeMessages, tellExpired } from '../messages/Retention';
import { DatabaseFeed } from './DatabaseFeed';
import { DatabaseMessageStore } from './DatabaseMessageStore';
import { DatabaseRetention } from './DatabaseRetention';
import { migrationConfig } from './migrate';

const databases = testEngines();
const DAY = 24 * 60 * 60_000;
const START = Date.parse('2026-11-22T08:00:00Z');
const ME = 'user:default/me';
const TABLES = [
  'herald_message',
  'herald_target',
  'herald_exclusion',
  'herald_read_mark',
  'herald_saved',
];
const ROWS = 10;

describe.each(databases.eachSupportedId())(
  'the end of messages on %s',
  engine => {
    let knex: Knex;
    let now: number;
    let store: DatabaseMessageStore;
    let retention: DatabaseRetention;
    let grown: number;

    beforeAll(async () => {
      knex = await databases.init(engine);
      await knex.migrate.latest(migrationConfig);
    });
    beforeEach(async () => {
      now = START;
      grown = 0;
      for (const table of [
        'herald_message',
        'herald_feed',
        'herald_reader',
        'herald_read_floor',
      ]) {
        await knex(table).delete();
      }
      const clock = () => new Date(now);
      store = new DatabaseMessageStore(knex, {
        now: clock,
        unreadHorizonMs: DAY,
      });
      retention = new DatabaseRetention(knex, {
        now: clock,
        onGrowth: () => (grown += 1),
        rows: ROWS,
      });
    });

    async function send(fields: Partial<NewMessage> = {}): Promise<string> {
      const message: NewMessage = {
        id: uuid(),
        createdAt: new Date(now),
        sender: 'external:tests',
        origin: 'tests',
        title: 'A title',
        actions: [],
        severity: 'normal',
        targets: [ME],
        exclusions: [],
        ...fields,
      };
      const outcome = await store.store(message);
      return outcome.outcome === 'conflict' ? '' : outcome.messageId;
    }
    const rowsIn = async (tables: readonly string[]) => {
      let rows = 0;
      for (const table of tables) {
        rows += (await knex(table)).length;
      }
      return rows;
    };
    const me = { userRef: ME, refs: [ME, EVERYBODY] };
    const unread = () => store.count(me, { scope: 'all', isRead: false });
    const purge = (olderThan = new Date(0)) =>
      purgeMessages(retention, {
        olderThan,
        signal: new AbortController().signal,
      });
    const told = async () =>
      (await new DatabaseFeed(knex).readAfter(0, 1_000)).flatMap(entry =>
        entry.kind === 'withdrawal' ? [[entry.messageId, entry.audience]] : [],
      );

    it('comes in transactions of few rows, however many have read and kept a message', async () => {
      await unread();
      const others = Array.from({ length: 25 }, (_, i) => `user:default/u${i}`);
      const all = { targets: [EVERYBODY], exclusions: others };
      const id = await send({ ...all, expiresAt: new Date(now + 1_000) });
      await send({ targets: others, expiresAt: new Date(now + 1_000) });
      await knex('herald_read_mark').insert(
        others.map((user_ref, i) => ({
          user_ref,
          message_id: id,
          seq: 1,
          is_read: i % 2 === 0,
        })),
      );
      await knex('herald_saved').insert(
        others.map(user_ref => ({ user_ref, message_id: id, saved_at: now })),
      );
      const kept = await send();
      now += 2_000;
      await tellExpired(retention, new AbortController().signal);

      const counts = [await rowsIn(TABLES)];
      while (await retention.purgeSome(new Date(0))) {
        counts.push(await rowsIn(TABLES));
        expect(await unread()).toBe(1);
      }
      expect(counts[0]).toBe(3 + 27 + 25 + 25 + 25);
      counts.slice(1).forEach((count, i) => {
        expect(counts[i] - count).toBeGreaterThan(0);
        expect(counts[i] - count).toBeLessThanOrEqual(ROWS);
      });
      expect(await knex('herald_message').pluck('id')).toEqual([kept]);
      expect(await rowsIn(TABLES)).toBe(2);
    });

    it('shows an old message to each of its readers as it was, or not at all', async () => {
      await unread();
      const ids: string[] = [];
      for (let i = 0; i < 7; i++) {
        ids.push(await send({ targets: [ME, EVERYBODY], title: `m${i}` }));
      }
      const last = await store.positionOf(me, ids[4]);
      await store.markAllRead(me, { scope: 'all' }, last);
      await store.mark(me, ids.slice(2, 4), { kind: 'read', value: false });
      now += 2 * DAY;
      const list = async () =>
        (
          await store.list(me, {
            scope: 'all',
            orderBy: 'created',
            direction: 'desc',
            limit: 100,
            offset: 0,
          })
        ).messages.map(({ title, isRead }) => `${title} ${isRead}`);
      const before = new Set(await list());
      while (await retention.purgeSome(new Date(now - DAY))) {
        const after = await list();
        // What was unread below a floor may be read right before it goes.
        const unmarked = (row: string) => row.replace('true', 'false');
        expect(
          after.filter(row => !before.has(row) && !before.has(unmarked(row))),
        ).toEqual([]);
        expect(await unread()).toBe(
          after.filter(row => row.endsWith('false')).length,
        );
      }
      expect(await list()).toEqual([]);
      expect(await rowsIn(TABLES)).toBe(0);
    });

    it('is not that of what somebody keeps, or of what is sent again by its scope', async () => {
      const kept = await send();
      await store.mark(me, [kept], { kind: 'saved', value: true });
      const scoped = { scope: 'one', expiresAt: new Date(now + 1_000) };
      const again = await send(scoped);
      now += 2_000;
      await tellExpired(retention, new AbortController().signal);
      await send({ ...scoped, expiresAt: new Date(now + DAY) });
      await purge(new Date(now - 1_000));
      expect(new Set(await knex('herald_message').pluck('id'))).toEqual(
        new Set([kept, again]),
      );
      expect(await knex('herald_target')).toHaveLength(2);
    });

    it('loses nothing of a scope that is sent again while it is purged', async () => {
      for (let round = 0; round < 25; round++) {
        const scoped = {
          scope: 'one',
          targets: [ME, EVERYBODY],
          exclusions: ['user:default/x'],
        };
        await send({ ...scoped, expiresAt: new Date(now + 1_000) });
        now += 2_000;
        await tellExpired(retention, new AbortController().signal);
        const [, id] = await Promise.all([purge(), send(scoped)]);
        expect(await knex('herald_message').pluck('id')).toEqual([id]);
        expect(await knex('herald_target')).toHaveLength(2);
        expect(await knex('herald_exclusion')).toHaveLength(1);
        await store.withdraw(id);
      }
    });

    it('is told once to whom a message was for, when it has expired', async () => {
      const id = await send({
        expiresAt: new Date(now + 1_000),
        exclusions: ['user:default/x'],
      });
      await send({ expiresAt: new Date(now + DAY) });
      const tell = () => tellExpired(retention, new AbortController().signal);
      await tell();
      expect(await told()).toEqual([]);
      now += 1_000;
      await tell();
      await tell();
      expect(await told()).toEqual([
        [id, { targets: [ME], exclusions: ['user:default/x'] }],
      ]);
      expect(grown).toBe(1);
    });

    it('is told again of a message that got another one', async () => {
      const id = await send({ expiresAt: new Date(now + 1_000) });
      now += 1_000;
      const tell = () => tellExpired(retention, new AbortController().signal);
      await tell();
      await store.correct(id, { expiresAt: new Date(now + 1_000) });
      await tell();
      expect(await told()).toHaveLength(1);
      now += 1_000;
      await tell();
      expect(await told()).toHaveLength(2);
    });

    it('is told of many, in the order in which they expired', async () => {
      const ids: string[] = [];
      for (let i = 0; i < 450; i++) {
        ids.push(await send({ expiresAt: new Date(now + i + 1) }));
      }
      now += 1_000;
      await tellExpired(retention, new AbortController().signal);
      expect((await told()).map(([id]) => id)).toEqual(ids);
    });

    it('comes only after it was told, and stops when it is told to', async () => {
      await send({ expiresAt: new Date(now + 1_000) });
      now += 1_000;
      expect(await retention.purgeSome(new Date(0))).toBe(false);
      await purgeMessages(retention, {
        olderThan: new Date(0),
        signal: AbortSignal.abort(),
      });
      expect(await rowsIn(TABLES)).toBe(2);
      await purge();
      expect(await rowsIn(TABLES)).toBe(0);
      expect(await told()).toHaveLength(1);
    });
  },
);
