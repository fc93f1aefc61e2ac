import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { EVERYBODY, NewMessage } from '../messages/Message';
import {
  InboxFilter,
  InboxPageRequest,
  Reader,
} from '../messages/MessageStore';
import { DatabaseMessageStore } from './DatabaseMessageStore';
import { nextSeq } from './engine';
import { migrationConfig } from './migrate';

const databases = testEngines();
const DAY = 24 * 60 * 60_000;
const START = Date.parse('2026-11-22T08:00:00Z');
const ME = 'user:default/me';

function message(
  fields: Partial<NewMessage> & { at?: number } = {},
): NewMessage {
  const { at = START, ...rest } = fields;
  return {
    id: uuid(),
    createdAt: new Date(at),
    sender: 'external:tests',
    origin: 'tests',
    title: 'A title',
    actions: [],
    severity: 'normal',
    targets: [ME],
    exclusions: [],
    ...rest,
  };
}

const reader = (...refs: string[]): Reader => ({
  userRef: ME,
  refs: [ME, ...refs, EVERYBODY],
});

const firstPage: InboxPageRequest = {
  scope: 'all',
  orderBy: 'created',
  direction: 'desc',
  limit: 100,
  offset: 0,
};

describe.each(databases.eachSupportedId())(
  'DatabaseMessageStore on %s',
  engine => {
    let knex: Knex;
    let now: number;
    let store: DatabaseMessageStore;

    beforeAll(async () => {
      knex = await databases.init(engine);
      await knex.migrate.latest(migrationConfig);
    });
    beforeEach(async () => {
      now = START;
      store = new DatabaseMessageStore(knex, {
        now: () => new Date(now),
        unreadHorizonMs: 30 * DAY,
      });
      for (const table of [
        'herald_message',
        'herald_feed',
        'herald_reader',
        'herald_read_floor',
        'herald_idempotency_key',
        'herald_preference',
      ]) {
        await knex(table).delete();
      }
    });

    const unread = (who: Reader, filter: Partial<InboxFilter> = {}) =>
      store.count(who, { scope: 'all', isRead: false, ...filter });
    const titles = async (
      who: Reader,
      request: Partial<InboxPageRequest> = {},
    ) =>
      (
        await store.list(who, { ...firstPage, ...request } as InboxPageRequest)
      ).messages.map(({ title }) => title);

    describe('what counts as read beforehand', () => {
      it('is what is older than the horizon, for somebody who comes for the first time', async () => {
        await store.store(
          message({ title: 'old', targets: [EVERYBODY], at: START - 31 * DAY }),
        );
        await store.store(
          message({
            title: 'recent',
            targets: [EVERYBODY],
            at: START - 29 * DAY,
          }),
        );
        expect(await titles(reader(), { isRead: false })).toEqual(['recent']);
        expect(await titles(reader(), { isRead: true })).toEqual(['old']);
        expect(await unread(reader())).toBe(1);
      });

      it('is never what was sent to them by name', async () => {
        await store.store(message({ title: 'old', at: START - 31 * DAY }));
        expect(await titles(reader(), { isRead: false })).toEqual(['old']);
      });

      it('is what a group was sent before their last visit, for somebody who joins it', async () => {
        await store.store(
          message({ title: 'before', targets: ['group:default/g'] }),
        );
        expect(await unread(reader())).toBe(0);
        now += DAY;
        await store.store(
          message({ title: 'since', targets: ['group:default/g'], at: now }),
        );

        const joined = reader('group:default/g');
        expect(await titles(joined)).toEqual(['since', 'before']);
        expect(await titles(joined, { isRead: false })).toEqual(['since']);
        expect(await titles(joined, { isRead: true })).toEqual(['before']);
      });

      it('is not what also reaches them through a group they were in all along', async () => {
        const both = ['group:default/a', 'group:default/b'];
        expect(await unread(reader('group:default/a'))).toBe(0);
        await store.store(message({ title: 'to both', targets: both }));
        now += DAY;
        expect(await unread(reader('group:default/a'))).toBe(1);
        now += DAY;

        const joined = reader(...both);
        expect(await titles(joined, { isRead: false })).toEqual(['to both']);
        expect(await titles(joined, { isRead: true })).toEqual([]);
        expect(await unread(joined)).toBe(1);
        expect(await unread(joined, { isRead: true })).toBe(0);
      });
    });

    describe('raised floors', () => {
      const G = 'group:default/g';
      const H = 'group:default/h';

      /** A reader of two groups who has read all but the first of what came, one by one, and comes back later. */
      async function readMostOf(first: Partial<NewMessage>) {
        await unread(reader(G, H));
        const sent = [message({ title: 'first', ...first })];
        sent.push(...Array.from({ length: 500 }, () => message()));
        for (const one of sent) {
          await store.store(one);
        }
        const read = sent.slice(1).map(({ id }) => id);
        for (let start = 0; start < read.length; start += 100) {
          await store.mark(reader(G, H), read.slice(start, start + 100), {
            kind: 'read',
            value: true,
          });
        }
        expect(await unread(reader(G, H))).toBe(1);
        now += DAY;
        expect(await unread(reader(G, H))).toBe(1);
        expect(await titles(reader(G, H), { isRead: false })).toEqual([
          'first',
        ]);
        return sent[0];
      }

      it('leave one mark for what is unread, and at the next visit none for what is read', async () => {
        await readMostOf({ targets: [G] });
        now += DAY;
        expect(await unread(reader(G, H))).toBe(1);
        expect(
          await knex('herald_read_mark').select('is_read', 'ref'),
        ).toMatchObject([{ ref: G }]);
        const floors = await knex('herald_read_floor').distinct('floor_seq');
        expect(floors).toHaveLength(1);
        expect(Number(floors[0].floor_seq)).toBeGreaterThan(500);
      });

      it('count what has a scope or exclusions only while it is so', async () => {
        const scoped = await readMostOf({ scope: 'one', targets: [G] });
        expect(
          await knex('herald_read_mark').where({ is_read: false }).pluck('ref'),
        ).toEqual([null]);
        await store.store(
          message({ title: 'again', scope: 'one', targets: [G] }),
        );
        expect(await unread(reader(G, H))).toBe(1);
        expect(await titles(reader(G, H), { isRead: false })).toEqual([
          'again',
        ]);
        expect(await store.withdraw(scoped.id)).toBe(true);
        expect(await unread(reader(G, H))).toBe(0);
      });

      it('leave as read what was read in a group that the reader has left and comes back to', async () => {
        const member = reader(G);
        await unread(member);
        const inGroup = message({ title: 'read there', targets: [G] });
        await store.store(inGroup);
        await store.mark(member, [inGroup.id], { kind: 'read', value: true });
        await store.markAllRead(reader(), { scope: 'all' }, undefined);
        for (let visit = 0; visit < 2; visit++) {
          now += DAY;
          await unread(reader());
        }
        expect(await unread(member)).toBe(0);
        expect(await titles(member, { isRead: true })).toEqual(['read there']);
      });

      it('show nobody anything else meanwhile, however many ask at once', async () => {
        await unread(reader());
        const sent = Array.from({ length: 600 }, () => message());
        for (const one of sent) {
          await store.store(one);
        }
        for (let start = 0; start < 500; start += 100) {
          const ids = sent.slice(start, start + 100).map(({ id }) => id);
          await store.mark(reader(), ids, { kind: 'read', value: true });
        }
        now += DAY;
        const counts = await Promise.all(
          Array.from({ length: 12 }, () => unread(reader())),
        );
        expect(new Set(counts)).toEqual(new Set([100]));
      });

      it('count a message only while a group brings it, whichever does', async () => {
        await readMostOf({ targets: [G, H] });
        expect(await unread(reader(G))).toBe(1);
        expect(await unread(reader(H))).toBe(1);
        expect(await unread(reader())).toBe(0);
      });
    });

    it.each([60, 300, 600])(
      'answers every question of somebody with %i groups',
      async groups => {
        const refs = Array.from(
          { length: groups },
          (_, i) => `group:default/g${i}`,
        );
        const many = reader(...refs);
        await unread(many);
        for (const ref of [refs[0], refs[groups - 1]]) {
          await store.store(
            message({ title: `to ${ref}`, targets: [ref, refs[1]] }),
          );
        }
        const both = [`to ${refs[groups - 1]}`, `to ${refs[0]}`];
        const filters: Partial<InboxFilter>[] = [
          {},
          { isRead: false },
          { containsText: 'TO' },
          { containsText: 'TO', isRead: false },
        ];
        for (const filter of filters) {
          expect(await titles(many, filter)).toEqual(both);
          expect(await store.count(many, { scope: 'all', ...filter })).toBe(2);
        }
        const [first] = await knex('herald_message').orderBy('seq').pluck('id');
        await store.mark(many, [first], { kind: 'read', value: true });
        expect(await titles(many, { isRead: true })).toEqual([both[1]]);
        expect(
          await titles(many, { isRead: true, containsText: 'TO' }),
        ).toEqual([both[1]]);
        await store.mark(many, [first], { kind: 'archived', value: true });
        expect(await titles(many, { isArchived: true })).toEqual([both[1]]);
      },
    );

    it('no longer shows a group’s messages to who has left it', async () => {
      await store.store(message({ targets: ['group:default/g'] }));
      expect(await unread(reader('group:default/g'))).toBe(1);
      expect(await unread(reader())).toBe(0);
      expect(await titles(reader())).toEqual([]);
    });

    it('takes an idempotency key again after 24 hours, and purges what is older', async () => {
      const key = { key: 'k', bodyHash: 'a' };
      const first = message();
      await store.store(first, key);
      expect(await store.store(message(), key)).toEqual({
        outcome: 'repeated',
        messageId: first.id,
      });
      expect(await store.store(message(), { key: 'k', bodyHash: 'b' })).toEqual(
        { outcome: 'conflict' },
      );
      expect(
        await store.store(message({ sender: 'external:other' }), key),
      ).toMatchObject({ outcome: 'stored' });

      now += DAY + 1;
      expect(
        await store.store(message({ at: now }), { key: 'k', bodyHash: 'b' }),
      ).toMatchObject({ outcome: 'stored' });
      expect(await store.purgeIdempotencyKeys()).toBe(1);
      expect(await knex('herald_idempotency_key').pluck('sender')).toEqual([
        'external:tests',
      ]);
    });

    it('stores nothing at all when the last statement fails', async () => {
      const taken = message();
      await store.store(taken);
      await expect(
        store.store(message({ id: taken.id }), { key: 'k', bodyHash: 'a' }),
      ).rejects.toThrow();
      expect(await knex('herald_message').pluck('id')).toEqual([taken.id]);
      expect(await knex('herald_target')).toHaveLength(1);
      expect(await knex('herald_feed')).toHaveLength(1);
      expect(await knex('herald_idempotency_key')).toEqual([]);
    });

    it('gives many senders at once one number each, and leaves every message in the feed', async () => {
      await Promise.all(
        Array.from({ length: 60 }, () => store.store(message())),
      );
      const feed = await knex('herald_feed').orderBy('seq').pluck('seq');
      expect(new Set(feed.map(Number)).size).toBe(60);
      expect(await unread(reader())).toBe(60);
    });

    it('marks the same messages from many tabs at once, in any order', async () => {
      const ids = await Promise.all(
        Array.from({ length: 30 }, async () => {
          const sent = message();
          await store.store(sent);
          return sent.id;
        }),
      );
      await Promise.all(
        Array.from({ length: 20 }, (_, tab) =>
          store.mark(reader(), tab % 2 ? [...ids].reverse() : ids, {
            kind: 'read',
            value: tab % 3 > 0,
          }),
        ),
      );
      await store.mark(reader(), ids, { kind: 'read', value: true });
      expect(await unread(reader())).toBe(0);
    });

    if (engine.startsWith('POSTGRES')) {
      it('sends by scope while the same message is marked, corrected and withdrawn, and nobody fails', async () => {
        const hot = () =>
          store.store(message({ scope: 'hot', targets: [EVERYBODY] }));
        await hot();
        const until = Date.now() + 2_000;
        const again = async (action: (round: number) => Promise<unknown>) => {
          for (let round = 0; Date.now() < until; round++) {
            await action(round);
          }
        };
        const id = async () =>
          (await knex('herald_message').first('id'))?.id ?? uuid();
        const markers = Array.from({ length: 4 }, (_, number) =>
          again(async round => {
            const userRef = `user:default/u${number}-${round}`;
            await store.mark(
              { userRef, refs: [userRef, EVERYBODY] },
              [await id()],
              { kind: 'read', value: true },
            );
          }),
        );
        await Promise.all([
          again(hot),
          ...markers,
          again(async () => store.correct(await id(), { title: 'Better' })),
          again(async round =>
            round % 20 === 19 ? store.withdraw(await id()) : undefined,
          ),
        ]);
        expect(await knex('herald_message')).not.toHaveLength(2);
      });

      it.each([
        ['a send', () => store.store(message())],
        [
          'a send with a key',
          () => store.store(message(), { key: 'k', bodyHash: 'a' }),
        ],
      ])(
        'numbers in the order of commits: %s that commits later waits, and gets the higher number',
        async (_, send) => {
          const slow = await knex.transaction();
          const first = await nextSeq(slow);
          const events: string[] = [];
          const later = send().then(() => events.push('later one stored'));
          // It must be waiting for the lock before the first one commits, or this would show nothing.
          for (;;) {
            const { rows } = await knex.raw(
              `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
            );
            if (rows.length > 0 || events.length > 0) break;
          }
          events.push('first one commits');
          await slow.commit();
          await later;
          expect(events).toEqual(['first one commits', 'later one stored']);
          const [second] = await knex('herald_message').pluck('seq');
          expect(Number(second)).toBeGreaterThan(first);
        },
      );
    }
  },
);
