import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { EVERYBODY } from '../messages/Message';
import { DatabaseFeed } from './DatabaseFeed';
import { DatabaseMessageStore } from './DatabaseMessageStore';
import { migrationConfig } from './migrate';

const databases = testEngines();
const ME = 'user:default/me';
const BOB = 'user:default/bob';
const reader = (userRef: string) => ({ userRef, refs: [userRef, EVERYBODY] });
const UNREAD = { scope: 'all', isRead: false } as const;

describe.each(databases.eachSupportedId())(
  'a person is erased on %s',
  engine => {
    let knex: Knex;
    let one: DatabaseMessageStore;
    let other: DatabaseMessageStore;

    beforeAll(async () => {
      knex = await databases.init(engine);
      await knex.migrate.latest(migrationConfig);
      const rules = { now: () => new Date(), unreadHorizonMs: 86_400_000 };
      one = new DatabaseMessageStore(knex, rules);
      other = new DatabaseMessageStore(knex, rules);
    });

    async function send(
      store: DatabaseMessageStore,
      targets: string[],
      scope?: string,
    ) {
      const outcome = await store.store({
        id: uuid(),
        createdAt: new Date(),
        sender: 'external:tests',
        origin: 'tests',
        title: 'A title',
        actions: [],
        severity: 'normal',
        scope,
        targets,
        exclusions: [],
      });
      if (outcome.outcome !== 'stored') {
        throw new Error(outcome.outcome);
      }
      return outcome.messageId;
    }

    async function oneRound() {
      const scopes = ['a', 'b', 'c', 'd', 'e', 'f'];
      const ids = await Promise.all(
        scopes.map(scope => send(one, [ME, BOB], scope)),
      );
      ids.push(await send(one, [ME]));
      await one.count(reader(ME), UNREAD);
      await Promise.all([
        one.erase(ME),
        ...ids.map((id, i) =>
          (i % 2 ? one : other).mark(reader(ME), [id], {
            kind: 'read',
            value: true,
          }),
        ),
        ...ids.map(id =>
          other.mark(reader(BOB), [id], { kind: 'saved', value: true }),
        ),
        ...[...scopes].reverse().map(scope => send(other, [ME, BOB], scope)),
        other.clear(reader(ME)),
        other.erase(ME),
      ]);
    }

    it('while they read, and are written to', async () => {
      for (let round = 0; round < 20; round++) {
        await oneRound();
      }
      await one.erase(ME);
      for (const table of ['herald_target', 'herald_read_mark', 'herald_feed'])
        expect(JSON.stringify(await knex(table))).not.toContain(ME);
      expect(await one.count(reader(BOB), { scope: 'all' })).toBe(6);
    }, 60_000);

    it('and others go on being told what was withdrawn', async () => {
      const id = await send(one, [ME, BOB]);
      const alone = await send(one, [ME]);
      const feed = new DatabaseFeed(knex);
      const { seq } = await feed.head();
      await one.withdraw(id);
      await one.withdraw(alone);
      await one.erase(ME);
      expect(await feed.readAfter(seq, 10)).toMatchObject([
        {
          kind: 'withdrawal',
          messageId: id,
          audience: { targets: [BOB], exclusions: [] },
        },
        { kind: 'message', message: undefined },
      ]);
    });
  },
);
