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
import { migrationConfig } from './migrate';

const databases = testEngines();
jest.setTimeout(120_000);
const ME = 'user:default/me';
const TEAM = 'group:default/team';
const me: Reader = { userRef: ME, refs: [ME, TEAM, EVERYBODY] };
const UNREAD: InboxFilter = { scope: 'all', isRead: false };
const NEWEST: InboxPageRequest = {
  scope: 'all',
  orderBy: 'created',
  direction: 'desc',
  limit: 20,
  offset: 0,
};

describe.each(databases.eachSupportedId())('reading on %s', engine => {
  let knex: Knex;
  let one: DatabaseMessageStore;
  let other: DatabaseMessageStore;

  beforeAll(async () => {
    knex = await databases.init(engine);
    await knex.migrate.latest(migrationConfig);
  });
  beforeEach(async () => {
    for (const table of [
      'herald_message',
      'herald_reader',
      'herald_read_floor',
      'herald_preference',
    ]) {
      await knex(table).delete();
    }
    const rules = { now: () => new Date(), unreadHorizonMs: 60_000 };
    one = new DatabaseMessageStore(knex, rules);
    other = new DatabaseMessageStore(knex, rules);
  });

  const send = (title: string, targets = [ME]) => {
    const message: NewMessage = {
      id: uuid(),
      createdAt: new Date(),
      sender: 'external:tests',
      origin: 'tests',
      title,
      actions: [],
      severity: 'normal',
      targets,
      exclusions: [],
    };
    return one.store(message);
  };

  it.each([
    [
      'reads all',
      () => other.markAllRead(me, { scope: 'all' }, undefined),
      [0, 3],
    ],
    ['clears', () => other.clear(me), [0, 0]],
    [
      'mutes',
      () =>
        other.setRules(ME, [
          { channel: 'web', origin: 'tests', enabled: false },
        ]),
      [0, 0],
    ],
    [
      'sets defaults that mute',
      () =>
        other.setPreferenceDefaults({
          rules: [{ channel: 'web', origin: 'tests', enabled: false }],
          mandatoryOrigins: [],
        }),
      [0, 0],
    ],
  ])(
    'answers at once by what another replica has written when it %s',
    async (_, change, [unread, listed]) => {
      await Promise.all(['a', 'b', 'c'].map(title => send(title)));
      // The first begins a visit; what the second has read of the reader is remembered.
      await one.count(me, UNREAD);
      expect(await one.count(me, UNREAD)).toBe(3);
      await change();
      expect(await one.count(me, UNREAD)).toBe(unread);
      await change();
      expect((await one.list(me, NEWEST)).messages).toHaveLength(listed);
    },
  );

  it.each([
    ['frequent', 2],
    ['occasional', 30],
    ['seldom', 90],
    ['absent', Infinity],
  ])(
    'finds the same, page by page, whether a word is frequent or not: %s',
    async (word, every) => {
      for (let start = 0; start < 400; start += 50) {
        await Promise.all(
          Array.from({ length: 50 }, (_, index) => start + index).map(number =>
            send(
              `${number} ${number % every === 0 ? word : ''}`,
              [[ME], [TEAM], [ME, TEAM], [EVERYBODY]][number % 4],
            ),
          ),
        );
      }
      const titles = async (request: InboxPageRequest) =>
        (await one.list(me, request)).messages.map(({ title }) => title);
      const expected = (await titles({ ...NEWEST, limit: 500 })).filter(title =>
        title.includes(word),
      );
      const found: string[] = [];
      let request: InboxPageRequest = { ...NEWEST, containsText: word };
      for (;;) {
        const { messages, next } = await one.list(me, request);
        found.push(...messages.map(({ title }) => title));
        if (!next) break;
        const {
          scope,
          orderBy,
          direction,
          limit,
          containsText,
        }: InboxPageRequest = request;
        request = {
          scope,
          orderBy,
          direction,
          limit,
          containsText,
          after: next,
        };
      }
      expect(found).toEqual(expected);
      expect(
        await titles({ ...NEWEST, containsText: word, offset: 7, limit: 5 }),
      ).toEqual(expected.slice(7, 12));
    },
  );
});
