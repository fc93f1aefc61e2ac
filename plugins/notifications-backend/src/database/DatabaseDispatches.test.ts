import { mockServices } from '@backstage/backend-test-utils';
import { testEngines } from '@herald/test-utils';
import { LeaseLost, NewWork, WorkItem, WorkQueue } from '@herald/work-queue';
import { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { EVERYBODY, NewMessage } from '../messages/Message';
import { until } from '../processing/__testUtils__/until';
import { ExpandWork, ProcessingWork } from '../processing/Dispatch';
import { DatabaseDispatches } from './DatabaseDispatches';
import { DatabaseMessageStore } from './DatabaseMessageStore';
import { migrationConfig } from './migrate';
import { WORK_PREFIX, WORK_TABLE } from './workTable';

const databases = testEngines();
const NOW = new Date('2026-11-22T08:00:00Z');

function message(number: number): NewMessage {
  return {
    id: uuid(),
    createdAt: NOW,
    sender: 'external:tests',
    origin: 'tests',
    title: `Title ${number}`,
    actions: [],
    severity: 'normal',
    targets: [`user:default/u${number}`, 'group:default/all'],
    exclusions: [`user:default/out${number}`],
  };
}

describe.each(databases.eachSupportedId())('dispatches on %s', engine => {
  let knex: Knex;
  let work: WorkQueue<ProcessingWork>;
  let dispatches: DatabaseDispatches;
  let messages: NewMessage[];

  beforeEach(async () => {
    knex = await databases.init(engine);
    await knex.migrate.latest(migrationConfig);
    work = new WorkQueue({
      knex,
      prefix: WORK_PREFIX,
      logger: mockServices.logger.mock(),
    });
    const now = () => NOW;
    dispatches = new DatabaseDispatches(knex, { work, now });
    const store = new DatabaseMessageStore(knex, {
      now,
      unreadHorizonMs: 86_400_000,
      companion: dispatches,
    });
    messages = Array.from({ length: 5 }, (_, number) => message(number));
    for (const each of messages) await store.store(each);
  });
  afterEach(async () => {
    await work.stop();
    await knex.destroy();
  });

  it('are read together by those who ask in one turn, each their own', async () => {
    const updated_at = NOW.getTime();
    await knex('herald_preference').insert([
      {
        user_ref: 'user:default/u1',
        document: '[{"origin":"tests"}]',
        updated_at,
      },
      { user_ref: EVERYBODY, document: '{"muted":[]}', updated_at },
    ]);
    const statements: string[] = [];
    knex.on('query', ({ sql }) => statements.push(sql));
    const ids = [...messages.map(({ id }) => id), messages[0].id, uuid()];

    const found = await Promise.all(ids.map(id => dispatches.find(id)));
    expect(found.map(each => each?.options.payload.title)).toEqual([
      ...['Title 0', 'Title 1', 'Title 2', 'Title 3', 'Title 4'],
      'Title 0',
      undefined,
    ]);
    expect(found[5]).toEqual(found[0]);
    expect(found[5]?.options.payload).not.toBe(found[0]?.options.payload);
    expect(statements).toHaveLength(1);

    const audiences = await Promise.all(
      ids.map(id => dispatches.audienceOf(id)),
    );
    expect(audiences[3]).toEqual({
      targets: ['group:default/all', 'user:default/u3'],
      exclusions: ['user:default/out3'],
    });
    expect(audiences[6]).toEqual({ targets: [], exclusions: [] });
    expect(statements).toHaveLength(2);

    const preferences = await Promise.all([
      dispatches.preferencesOf(['user:default/u1', 'user:default/u2']),
      dispatches.preferencesOf(['user:default/u2']),
    ]);
    expect([...preferences[0].rules]).toEqual([
      ['user:default/u1', [{ origin: 'tests' }]],
    ]);
    expect([...preferences[1].rules]).toEqual([]);
    expect(preferences.map(({ defaults }) => defaults)).toEqual([
      { muted: [] },
      { muted: [] },
    ]);
    expect(statements).toHaveLength(3);
  });

  /** Has them all begin to expand, and go on at the same moment. */
  const goOnAtOnce = async (
    next: (dispatchId: string) => NewWork<ProcessingWork>[],
    before: (held: WorkItem<ExpandWork>[]) => Promise<void> = async () => {},
  ) => {
    const held: WorkItem<ExpandWork>[] = [];
    const settled: Promise<void>[] = [];
    let goOn = () => {};
    const all = new Promise<void>(resolve => {
      goOn = resolve;
    });
    work.process(
      'expand-dispatch',
      async ({ item }) => {
        held.push(item);
        await all;
        const advancing = dispatches.advance(
          item,
          next(item.payload.dispatchId),
        );
        settled.push(advancing);
        await advancing;
      },
      { concurrency: 10 },
    );
    work.start();
    await until(() => held.length === 5);
    await before(held);
    goOn();
    await until(() => settled.length === 5);
    return { held, outcomes: await Promise.allSettled(settled) };
  };
  const step = (dispatchId: string): NewWork<ProcessingWork> => ({
    kind: 'process:other',
    payload: { dispatchId, user: null, step: 'post', later: [], posts: [] },
  });

  it('go on together, and without the one that somebody else has taken', async () => {
    const { held, outcomes } = await goOnAtOnce(
      dispatchId => [step(dispatchId)],
      // As a claim of another process does.
      async ([, , { id }]) => {
        await knex(WORK_TABLE).where({ id }).increment('token', 1);
      },
    );
    const lost = held[2];
    expect(
      outcomes.flatMap(each =>
        each.status === 'rejected' ? [each.reason] : [],
      ),
    ).toEqual([expect.any(LeaseLost)]);
    const rows = await knex(WORK_TABLE).select('kind', 'payload');
    const followed = rows
      .filter(({ kind }) => kind === 'process:other')
      .map(({ payload }) => JSON.parse(payload).dispatchId);
    expect(followed.sort()).toEqual(
      held
        .filter(item => item !== lost)
        .map(({ payload }) => payload.dispatchId)
        .sort(),
    );
    expect(rows.filter(({ kind }) => kind === 'expand-dispatch')).toHaveLength(
      1,
    );
  });

  it('go on without the one of which nothing that follows can be written', async () => {
    const { outcomes } = await goOnAtOnce(dispatchId => [
      {
        ...step(dispatchId),
        ...(dispatchId === messages[2].id && { key: 'a\0b' }),
      },
    ]);
    expect(
      outcomes.flatMap(each =>
        each.status === 'rejected' ? [each.reason] : [],
      ),
    ).toEqual([expect.any(RangeError)]);
    const followed = await knex(WORK_TABLE).where({ kind: 'process:other' });
    expect(followed).toHaveLength(4);
  });

  it('go on a few pages of recipients at a time, so that nobody waits long for the database', async () => {
    const transactions: number[] = [];
    knex.on('query', ({ sql, bindings }) => {
      if (/^BEGIN/.test(sql)) {
        transactions.push(0);
      } else if (/^INSERT INTO "?`?herald_notifications_work/.test(sql)) {
        transactions.push(
          (transactions.pop() ?? 0) + JSON.parse(bindings[0]).length,
        );
      }
    });
    await goOnAtOnce(
      dispatchId => Array.from({ length: 900 }, () => step(dispatchId)),
      async () => {
        transactions.length = 0;
      },
    );
    expect(transactions).toEqual([900, 1_800, 1_800]);
  });
});
