import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { EVERYBODY, NewMessage } from '../messages/Message';
import { InboxFilter, Reader } from '../messages/MessageStore';
import { compactMarks } from './compactMarks';
import { DatabaseMessageStore } from './DatabaseMessageStore';
import { InboxCounts } from './inboxCounts';
import { migrationConfig } from './migrate';
import { ReaderStates } from './ReaderStates';
import { UnreadBelow } from './UnreadBelow';

const databases = testEngines();
const ME = 'user:default/me';
const TEAM = 'group:default/team';
const me: Reader = { userRef: ME, refs: [ME, EVERYBODY] };
const MINUTE = 60_000;
const UNREAD: InboxFilter = { scope: 'all', isRead: false };

/** Two replicas on one database; what one of them has read of a reader may be of yesterday when it makes use of it. */
describe.each(databases.eachSupportedId())(
  'two replicas at work for one reader on %s',
  engine => {
    let knex: Knex;
    let now: number;
    let rules: ConstructorParameters<typeof DatabaseMessageStore>[1];
    let one: DatabaseMessageStore;
    let other: DatabaseMessageStore;

    beforeAll(async () => {
      knex = await databases.init(engine);
      await knex.migrate.latest(migrationConfig);
    });
    beforeEach(async () => {
      now = Date.parse('2026-11-22T08:00:00Z');
      for (const table of [
        'herald_message',
        'herald_feed',
        'herald_reader',
        'herald_read_floor',
      ]) {
        await knex(table).delete();
      }
      rules = {
        now: () => new Date(now),
        unreadHorizonMs: 24 * 60 * MINUTE,
        marksWorthCompacting: 2,
      };
      one = new DatabaseMessageStore(knex, rules);
      other = new DatabaseMessageStore(knex, rules);
      await one.count(me, UNREAD);
    });

    async function send(targets = [ME]): Promise<string> {
      const message: NewMessage = {
        id: uuid(),
        createdAt: new Date(now),
        sender: 'external:tests',
        origin: 'tests',
        title: 'A title',
        actions: [],
        severity: 'normal',
        targets,
        exclusions: [],
      };
      await one.store(message);
      return message.id;
    }
    const read = (store: DatabaseMessageStore, ...ids: string[]) =>
      store.mark(me, ids, { kind: 'read', value: true });
    const unread = (reader = me) => one.count(reader, UNREAD);
    const inInbox = async () =>
      (
        await one.list(me, {
          scope: 'all',
          orderBy: 'created',
          direction: 'desc',
          limit: 100,
          offset: 0,
        })
      ).messages;

    it.each([
      ['clears', () => one.clear(me)],
      ['reads all', () => one.markAllRead(me, { scope: 'all' }, undefined)],
    ])(
      'what was read stays read for an answer that began before another %s',
      async (_, change) => {
        const ids = [await send(), await send(), await send(), await send()];
        await read(one, ids[0], ids[1], ids[2]);
        const asItWas = await new ReaderStates(knex, rules).read(me);
        await change();
        // A visit of long ago tidies up at the same time.
        await compactMarks(knex, asItWas, 2, 0);
        const answer = await new InboxCounts(
          knex,
          asItWas,
          'all',
          new UnreadBelow(),
        ).count(UNREAD);
        expect([0, 1]).toContain(answer.value);
        expect(await unread()).toBe(0);
      },
    );

    it.each([
      ['cleared', () => one.clear(me)],
      ['all read', () => one.markAllRead(me, { scope: 'all' }, undefined)],
    ])(
      'what is %s stays so when another tidies up what it has read before',
      async (_, change) => {
        const ids = [await send(), await send(), await send(), await send()];
        await read(one, ids[1], ids[3]);
        await read(one, ids[2]);
        const asItWas = await new ReaderStates(knex, rules).read(me);
        await change();
        await compactMarks(knex, asItWas, 2, 0);
        expect(await unread()).toBe(0);
      },
    );

    it('a message that came again after it was read is unread, and stays so when marks are tidied up', async () => {
      const again = async () => {
        const message: NewMessage = {
          id: uuid(),
          createdAt: new Date(now),
          sender: 'external:tests',
          origin: 'tests',
          title: 'A title',
          actions: [],
          severity: 'normal',
          scope: 'build',
          targets: [ME],
          exclusions: [],
        };
        await one.store(message);
      };
      await again();
      const [{ id }] = await inInbox();
      await read(one, id);
      await again();
      const ids = [await send(), await send(), await send(), await send()];
      await read(one, ...ids);
      const asItWas = await new ReaderStates(knex, rules).read(me);
      expect(await compactMarks(knex, asItWas, 2, 0)).toBeGreaterThan(0);
      expect(await unread()).toBe(1);
      expect((await inInbox()).filter(({ isRead }) => !isRead)).toMatchObject([
        { id },
      ]);
    });

    it('what is cleared is read, too, in a group that is new to another', async () => {
      await send([TEAM]);
      await one.clear(me);
      // The other one had looked before, and writes down now what it made of it.
      await knex('herald_read_floor').insert({
        user_ref: ME,
        ref: TEAM,
        floor_seq: 0,
      });
      expect(await unread({ userRef: ME, refs: [...me.refs, TEAM] })).toBe(0);
    });

    it('what is cleared is archived, whatever was marked at the same moment', async () => {
      for (let round = 0; round < 40; round++) {
        const ids = [await send(), await send(), await send()];
        await Promise.all([read(other, ...ids), one.clear(me)]);
        expect(await inInbox()).toEqual([]);
      }
    });

    it('what is taken back from the archive is read, whatever was cleared at the same moment', async () => {
      for (let round = 0; round < 40; round++) {
        const id = await send();
        await Promise.all([
          other.mark(me, [id], { kind: 'archived', value: false }),
          one.clear(me),
        ]);
        expect(await unread()).toBe(0);
      }
    });

    it('what a clear has left behind goes with a later visit', async () => {
      const ids = [await send(), await send()];
      await read(one, ...ids);
      await one.clear(me);
      now += 5 * MINUTE;
      await unread();
      expect(await knex('herald_read_mark')).toHaveLength(2);
      now += 6 * MINUTE;
      await unread();
      expect(await knex('herald_read_mark')).toEqual([]);
      expect(await inInbox()).toEqual([]);
    });
  },
);
