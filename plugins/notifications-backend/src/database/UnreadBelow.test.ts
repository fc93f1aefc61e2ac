import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { EVERYBODY, NewMessage } from '../messages/Message';
import { InboxFilter, Reader } from '../messages/MessageStore';
import { DatabaseFeed } from './DatabaseFeed';
import { DatabaseMessageStore } from './DatabaseMessageStore';
import { DatabaseRetention } from './DatabaseRetention';
import { migrationConfig } from './migrate';

const databases = testEngines();
jest.setTimeout(120_000);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ME = 'user:default/me';
const TEAM = 'group:default/team';
const me: Reader = { userRef: ME, refs: [ME, TEAM, EVERYBODY] };
const someone: Reader = {
  userRef: 'user:default/someone',
  refs: ['user:default/someone', TEAM, EVERYBODY],
};
const UNREAD: InboxFilter = { scope: 'all', isRead: false };

describe.each(databases.eachSupportedId())(
  'what is counted below the floors on %s',
  engine => {
    let knex: Knex;
    let now: number;
    let one: DatabaseMessageStore;
    let other: DatabaseMessageStore;
    let retention: DatabaseRetention;
    let ids: string[];

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
        'herald_preference',
      ]) {
        await knex(table).delete();
      }
      now = Date.parse('2026-11-22T08:00:00Z');
      const rules = { now: () => new Date(now), unreadHorizonMs: DAY };
      one = new DatabaseMessageStore(knex, rules);
      other = new DatabaseMessageStore(knex, rules);
      retention = new DatabaseRetention(knex, { now: rules.now });

      ids = [
        await send({ targets: [ME] }),
        await send({ targets: [TEAM], expiresAt: new Date(now + MINUTE) }),
        await send({ targets: [TEAM], origin: 'user:default/leaver' }),
        await send({ targets: [EVERYBODY] }),
        await send({ targets: [ME] }),
      ];
      await one.markAllRead(me, { scope: 'all' }, undefined);
      await one.mark(me, ids.slice(0, 4), { kind: 'read', value: false });
      await one.count(me, UNREAD);
    });

    async function send(fields: Partial<NewMessage>): Promise<string> {
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
      const outcome = await other.store(message);
      return outcome.outcome === 'conflict' ? '' : outcome.messageId;
    }

    /** The count, and whether the marks were left alone for it. */
    async function countedHow(
      filter: InboxFilter = UNREAD,
      reader = me,
    ): Promise<{ count: number; isRemembered: boolean }> {
      const statements: string[] = [];
      const note = ({ sql }: { sql: string }) => statements.push(sql);
      knex.on('query', note);
      const count = await one.count(reader, filter);
      knex.off('query', note);
      return {
        count,
        isRemembered: !statements.some(sql => sql.includes('AS known')),
      };
    }

    it('is remembered while messages come and others read', async () => {
      expect(await countedHow()).toEqual({ count: 4, isRemembered: true });
      const last = await send({ targets: [TEAM] });
      await other.mark(someone, [last, ids[1]], { kind: 'read', value: true });
      await send({ targets: ['user:default/nobody'] });
      expect(await countedHow()).toEqual({ count: 5, isRemembered: true });
    });

    it('is remembered for each reader and filter by itself', async () => {
      const personal: InboxFilter = { ...UNREAD, scope: 'user' };
      const ofTests: InboxFilter = { ...UNREAD, origins: ['tests'] };
      for (const isRemembered of [false, true]) {
        expect(await countedHow(personal)).toEqual({ count: 3, isRemembered });
        expect(await countedHow(ofTests)).toEqual({ count: 3, isRemembered });
      }
      expect((await countedHow(UNREAD, someone)).count).toBe(3);
      const left: Reader = { userRef: ME, refs: [ME, EVERYBODY] };
      expect((await countedHow(UNREAD, left)).count).toBe(2);
      expect(await countedHow()).toEqual({ count: 4, isRemembered: true });
    });

    it.each<[string, () => Promise<unknown>, number]>([
      [
        'the reader marks one as read',
        () => other.mark(me, [ids[0]], { kind: 'read', value: true }),
        3,
      ],
      [
        'the reader marks another as unread',
        () => other.mark(me, [ids[4]], { kind: 'read', value: false }),
        5,
      ],
      [
        'the reader archives one',
        () => other.mark(me, [ids[0]], { kind: 'archived', value: true }),
        3,
      ],
      [
        'the reader reads all of a scope',
        () => other.markAllRead(me, { scope: 'system' }, undefined),
        3,
      ],
      [
        'the reader reads all of an origin',
        () =>
          other.markAllRead(
            me,
            { scope: 'all', origins: ['tests'] },
            undefined,
          ),
        1,
      ],
      ['the reader archives all', () => other.clear(me), 0],
      ['the reader is forgotten', () => other.erase(ME), 3],
      ['one is withdrawn', () => other.withdraw(ids[0]), 3],
      [
        'one is to expire earlier, and does',
        async () => {
          await other.correct(ids[0], { expiresAt: new Date(now + 1) });
          now += 2;
        },
        3,
      ],
      [
        'one expires',
        async () => {
          now += MINUTE;
        },
        3,
      ],
      ['old ones are deleted', () => retention.purgeSome(new Date(now + 1)), 0],
    ])('is counted anew when %s', async (_, change, count) => {
      expect(await countedHow()).toEqual({ count: 4, isRemembered: true });
      await change();
      expect(await countedHow()).toEqual({ count, isRemembered: false });
    });

    it('is counted anew when a person is erased who was the origin of some', async () => {
      const theirs: InboxFilter = {
        ...UNREAD,
        origins: ['user:default/leaver'],
      };
      await one.count(me, theirs);
      expect(await countedHow(theirs)).toEqual({
        count: 1,
        isRemembered: true,
      });
      await other.erase('user:default/leaver');
      expect(await countedHow(theirs)).toEqual({
        count: 0,
        isRemembered: false,
      });
    });

    it('is counted anew when the feed has forgotten what the reader said', async () => {
      await new DatabaseFeed(knex).trim(new Date(now + 1), 1_000);
      expect(await countedHow()).toEqual({ count: 4, isRemembered: false });
    });
  },
);
