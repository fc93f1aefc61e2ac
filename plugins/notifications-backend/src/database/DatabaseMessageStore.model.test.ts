import {
  PreferenceRule,
  WEB_CHANNEL,
} from '@herald/backstage-plugin-notifications-common';
import { testEngines } from '@herald/test-utils';
import fc from 'fast-check';
import { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { foldText } from '../messages/foldText';
import { EVERYBODY, NewMessage } from '../messages/Message';
import {
  InboxFilter,
  InboxOrder,
  Mark,
  Reader,
} from '../messages/MessageStore';
import { isMuted, mutingRules, NO_DEFAULTS } from '../messages/muting';
import { DatabaseMessageStore } from './DatabaseMessageStore';
import { migrationConfig } from './migrate';

const databases = testEngines();
const ME = 'user:default/me';
const A = 'group:default/a';
const B = 'group:default/b';
const START = Date.parse('2026-11-22T08:00:00Z');
const MINUTE = 60_000;
const RUNS = Number(process.env.HERALD_MODEL_RUNS ?? 60);

/** What a message is for its reader, by the words of the specification. */
type ModelMessage = {
  id: string;
  /** Of the latest sending. */
  seq: number;
  at: number;
  message: NewMessage;
  isRead: boolean;
  isArchived: boolean;
  isSaved: boolean;
};

type Model = {
  messages: ModelMessage[];
  rules: PreferenceRule[];
  seq: number;
  now: number;
};

const me: Reader = { userRef: ME, refs: [ME, A, B, EVERYBODY] };

const filters: fc.Arbitrary<InboxFilter> = fc.record({
  scope: fc.constantFrom('all' as const, 'user' as const, 'system' as const),
  containsText: fc.option(fc.constantFrom('RED', 'e', 'ß'), {
    nil: undefined,
    freq: 3,
  }),
  createdAfter: fc.option(
    fc.integer({ min: 0, max: 40 }).map(m => new Date(START + m * MINUTE)),
    { nil: undefined, freq: 3 },
  ),
  origins: fc.option(fc.constantFrom(['ci'], ['ci', 'hr']), {
    nil: undefined,
    freq: 3,
  }),
  topics: fc.option(fc.constantFrom(['lunch']), { nil: undefined, freq: 4 }),
  severities: fc.option(
    fc.constantFrom(['high' as const], ['normal' as const, 'low' as const]),
    { nil: undefined, freq: 3 },
  ),
  isRead: fc.constantFrom(undefined, true, false, false),
  isArchived: fc.constantFrom(undefined, undefined, true, false),
  isSaved: fc.constantFrom(undefined, undefined, true, false),
});

const sends = fc.record({
  kind: fc.constant('send' as const),
  targets: fc.constantFrom([ME], [A], [B], [A, B], [ME, A], [EVERYBODY]),
  exclusions: fc.constantFrom([], [], [], [], [B], ['group:default/other']),
  title: fc.constantFrom('red', 'green', 'Red wine', 'Straße'),
  origin: fc.constantFrom('ci', 'hr', 'ops'),
  topic: fc.constantFrom(undefined, 'lunch', 'build'),
  severity: fc.constantFrom('normal' as const, 'high' as const, 'low' as const),
  scope: fc.constantFrom(undefined, undefined, 'one', 'two'),
  expiresIn: fc.constantFrom(undefined, undefined, undefined, 20),
  /** Minutes; what comes from another plugin is older than what has a lower seq. */
  age: fc.constantFrom(0, 0, 15),
});

const marks = fc.record({
  kind: fc.constant('mark' as const),
  which: fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }),
  mark: fc.record({
    kind: fc.constantFrom(
      'read' as const,
      'archived' as const,
      'saved' as const,
    ),
    value: fc.boolean(),
  }) as fc.Arbitrary<Mark>,
});

const allRead = fc.record({
  kind: fc.constant('all read' as const),
  filter: fc.oneof(
    fc.constant<InboxFilter>({ scope: 'all' }),
    filters.map(({ isRead: _, isArchived: __, ...filter }) => filter),
  ),
  upTo: fc.option(fc.nat(30), { nil: undefined }),
});

const others = fc.oneof(
  fc.record({ kind: fc.constant('clear' as const) }),
  fc.record({
    kind: fc.constant('time passes' as const),
    minutes: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record({
    kind: fc.constant('preferences' as const),
    rules: fc.uniqueArray(
      fc.record({
        channel: fc.constantFrom(WEB_CHANNEL, 'Email'),
        origin: fc.constantFrom('ci', 'hr'),
        topic: fc.constantFrom(undefined, 'lunch'),
        enabled: fc.boolean(),
      }),
      {
        maxLength: 3,
        selector: ({ channel, origin, topic }) => `${channel}${origin}${topic}`,
      },
    ),
  }),
  fc.record({
    kind: fc.constant('withdraw' as const),
    which: fc.nat(30),
  }),
);

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: sends },
    { weight: 4, arbitrary: marks },
    { weight: 1, arbitrary: allRead },
    { weight: 2, arbitrary: others },
  ),
  { maxLength: 25 },
);

type Step = typeof steps extends fc.Arbitrary<(infer T)[]> ? T : never;

function reachesMe({ message }: ModelMessage): boolean {
  return (
    message.targets.some(ref => me.refs.includes(ref)) &&
    !message.exclusions.some(ref => me.refs.includes(ref))
  );
}

/** Whatever reaches me and has not expired, muted or not. */
function mine(model: Model): ModelMessage[] {
  return model.messages.filter(
    entry =>
      reachesMe(entry) &&
      (entry.message.expiresAt === undefined ||
        entry.message.expiresAt.getTime() > model.now),
  );
}

function matching(model: Model, filter: InboxFilter): ModelMessage[] {
  const muting = mutingRules(WEB_CHANNEL, model.rules, NO_DEFAULTS);
  const {
    scope,
    containsText,
    createdAfter,
    origins,
    topics,
    severities,
    isRead,
    isSaved,
  } = filter;
  const isArchived = filter.isArchived ?? (isSaved ? undefined : false);
  return mine(model).filter(({ message, at, ...state }) => {
    const isSystem = message.targets.includes(EVERYBODY);
    return (
      !isMuted(muting, message) &&
      (scope === 'all' || isSystem === (scope === 'system')) &&
      (!containsText ||
        foldText(message.title).includes(foldText(containsText))) &&
      (!createdAfter || at > createdAfter.getTime()) &&
      (!origins || origins.includes(message.origin)) &&
      (!topics || topics.includes(message.topic ?? '')) &&
      (!severities || severities.includes(message.severity)) &&
      (isRead === undefined || state.isRead === isRead) &&
      (isArchived === undefined || state.isArchived === isArchived) &&
      (isSaved === undefined || state.isSaved === isSaved)
    );
  });
}

describe.each(databases.eachSupportedId())(
  'DatabaseMessageStore on %s, whatever happened before,',
  engine => {
    let knex: Knex;
    beforeAll(async () => {
      knex = await databases.init(engine);
      await knex.migrate.latest(migrationConfig);
    });

    async function setUp() {
      for (const table of [
        'herald_message',
        'herald_feed',
        'herald_reader',
        'herald_read_floor',
        'herald_preference',
      ]) {
        await knex(table).delete();
      }
      const model: Model = { messages: [], rules: [], seq: 0, now: START };
      const store = new DatabaseMessageStore(knex, {
        now: () => new Date(model.now),
        unreadHorizonMs: 24 * 60 * MINUTE,
        marksWorthCompacting: 2,
      });
      // The first visit, before which everything counts as read.
      await store.count(me, { scope: 'all' });
      return { model, store };
    }

    async function take(
      model: Model,
      store: DatabaseMessageStore,
      step: Step,
    ): Promise<void> {
      const visible = mine(model);
      const pick = (which: number) => visible[which % visible.length];
      switch (step.kind) {
        case 'send': {
          const { kind: _, expiresIn, age, ...fields } = step;
          const at = model.now - age * MINUTE;
          const message: NewMessage = {
            ...fields,
            id: uuid(),
            createdAt: new Date(at),
            sender: 'external:tests',
            actions: [],
            expiresAt:
              expiresIn === undefined
                ? undefined
                : new Date(model.now + expiresIn * MINUTE),
          };
          const outcome = await store.store(message);
          const earlier = model.messages.find(
            other =>
              message.scope !== undefined &&
              other.message.scope === message.scope &&
              other.message.origin === message.origin &&
              String(other.message.targets) === String(message.targets) &&
              String(other.message.exclusions) === String(message.exclusions),
          );
          expect(outcome).toEqual({
            outcome: 'stored',
            messageId: earlier?.id ?? message.id,
          });
          model.seq += 1;
          model.messages = [
            ...model.messages.filter(other => other !== earlier),
            {
              id: earlier?.id ?? message.id,
              seq: model.seq,
              at,
              message,
              isRead: false,
              isArchived: false,
              isSaved: earlier?.isSaved ?? false,
            },
          ];
          break;
        }
        case 'mark': {
          if (visible.length === 0) return;
          const picked = [...new Set(step.which.map(pick))];
          const { unknown } = await store.mark(
            me,
            picked.map(({ id }) => id),
            step.mark,
          );
          expect(unknown).toEqual([]);
          for (const entry of picked) {
            apply(entry, step.mark);
          }
          break;
        }
        case 'all read': {
          if (visible.length === 0) return;
          const upTo = step.upTo === undefined ? undefined : pick(step.upTo);
          const point = upTo && (await store.positionOf(me, upTo.id));
          expect(point?.sortAt).toBe(upTo?.at);
          await store.markAllRead(me, step.filter, point);
          const { isSaved, scope, ...narrowing } = step.filter;
          const isNarrowed = [isSaved, ...Object.values(narrowing)].some(
            value => value !== undefined,
          );
          // Where nothing narrows it, what is muted is read, too.
          const affected = isNarrowed
            ? matching(model, {
                ...step.filter,
                isRead: false,
                isArchived: false,
              })
            : matching(
                { ...model, rules: [] },
                { scope, isRead: false, isArchived: false },
              );
          for (const entry of affected) {
            if (!upTo || byPlace(entry, upTo) <= 0) entry.isRead = true;
          }
          break;
        }
        case 'clear':
          await store.clear(me);
          for (const entry of model.messages) {
            entry.isRead = true;
            entry.isArchived = true;
          }
          break;
        case 'time passes':
          model.now += step.minutes * MINUTE;
          break;
        case 'preferences':
          await store.setRules(ME, step.rules);
          model.rules = step.rules;
          break;
        default: {
          if (visible.length === 0) return;
          const { id } = pick(step.which);
          expect(await store.withdraw(id)).toBe(true);
          model.messages = model.messages.filter(other => other.id !== id);
        }
      }
    }

    it('lists, counts and pages as a plain model does', async () => {
      await fc.assert(
        fc.asyncProperty(
          steps,
          fc.array(filters, { minLength: 3, maxLength: 3 }),
          fc.constantFrom('asc' as const, 'desc' as const),
          fc.integer({ min: 1, max: 4 }),
          fc.constantFrom<InboxOrder>('created', 'created', 'title'),
          async (happened, asked, direction, limit, orderBy) => {
            const { model, store } = await setUp();
            for (const step of happened) {
              await take(model, store, step);
            }
            for (const filter of [{ scope: 'all' as const }, ...asked]) {
              const expected = matching(model, filter).sort(
                (a, b) => byPlace(a, b) * (direction === 'asc' ? 1 : -1),
              );
              const ids = expected.map(({ id }) => id);
              expect(await store.count(me, filter)).toBe(ids.length);

              const perOrigin = await store.countByOrigin(me, filter, 10);
              expect(
                Object.fromEntries(
                  perOrigin.map(({ origin, count }) => [origin, count]),
                ),
              ).toEqual(
                countsOf(expected.map(({ message }) => message.origin)),
              );

              const { messages } = await store.list(me, {
                ...filter,
                orderBy,
                direction,
                limit: 100,
                offset: 0,
              });
              const found = messages.map(
                ({ id, isRead, isArchived, isSaved, title }) => ({
                  id,
                  isRead,
                  isArchived,
                  isSaved,
                  title,
                }),
              );
              const wanted = expected.map(
                ({ id, isRead, isArchived, isSaved, message }) => ({
                  id,
                  isRead,
                  isArchived,
                  isSaved,
                  title: message.title,
                }),
              );
              const byId = (a: { id: string }, b: { id: string }) =>
                a.id < b.id ? -1 : 1;
              expect(orderBy === 'created' ? found : found.sort(byId)).toEqual(
                orderBy === 'created' ? wanted : wanted.sort(byId),
              );

              const walked: string[] = [];
              let page = await store.list(me, {
                ...filter,
                orderBy: 'created',
                direction,
                limit,
                offset: 0,
              });
              walked.push(...page.messages.map(({ id }) => id));
              while (page.next) {
                page = await store.list(me, {
                  ...filter,
                  orderBy: 'created',
                  direction,
                  limit,
                  after: page.next,
                });
                walked.push(...page.messages.map(({ id }) => id));
              }
              expect(walked).toEqual(ids);
            }
          },
        ),
        { numRuns: RUNS },
      );
    }, 120_000);
  },
);

function byPlace(a: ModelMessage, b: ModelMessage): number {
  return a.at - b.at || a.seq - b.seq;
}

function apply(entry: ModelMessage, { kind, value }: Mark): void {
  if (kind === 'saved') {
    entry.isSaved = value;
  } else if (kind === 'archived') {
    entry.isArchived = value;
    entry.isRead = value || entry.isRead;
  } else {
    entry.isRead = value;
    entry.isArchived = value && entry.isArchived;
  }
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) {
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
