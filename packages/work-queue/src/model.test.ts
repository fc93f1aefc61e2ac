import { testEngines } from '@herald/test-utils';
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { PREFIX, TestQueue } from './__testUtils__/TestQueue';
import { Claim, WorkTable } from './database/WorkTable';
import { DeadWorkTable } from './database/DeadWorkTable';
import { ClaimedWork, WorkId } from './Work';
import { WorkQueue } from './WorkQueue';

const databases = testEngines();
const LEASE_MS = 100;
const KIND = 'task';

/** Compared as text: arrays of the driver come from outside of Jest's realm. */
function same(actual: unknown, expected: unknown): void {
  assert.equal(JSON.stringify(actual), JSON.stringify(expected));
}

/** What a row ought to be. */
type Expected = {
  id: WorkId;
  key: string | undefined;
  state: 'open' | 'dead';
  runAfter: number;
  leaseUntil: number;
  token: number;
  attempt: number;
};

type Model = {
  now: number;
  rows: Map<WorkId, Expected>;
  /** Every claim that was ever made, so that old ones are tried too. */
  claims: Claim[];
};

const MOVES = ['complete', 'extend', 'retry', 'release', 'bury'] as const;
type Move = (typeof MOVES)[number];

/** What the runs have to meet now and then, or they show nothing of it. */
const MOMENTS = [
  ...MOVES.flatMap(
    move => [`${move} by its lease`, `${move} too late`] as const,
  ),
  'a key that is taken',
  'several claimed',
  'taken over',
  'a third attempt',
  'cancelled under a lease',
  'several driven again',
  'dead for one that is open',
] as const;
type Moment = (typeof MOMENTS)[number];

type Real = {
  met(moment: Moment, isMet?: boolean): void;
  test: TestQueue;
  queue: WorkQueue;
  table: WorkTable;
  dead: DeadWorkTable;
};

type Command = fc.AsyncCommand<Model, Real>;

const isHeld = ({ rows }: Model, { id, token }: Claim) => {
  const row = rows.get(id);
  return row?.state === 'open' && row.token === token && row.leaseUntil > 0
    ? row
    : undefined;
};

function command(
  name: string,
  run: (model: Model, real: Real) => Promise<void>,
): Command {
  return { check: () => true, run, toString: () => name };
}

const enqueue = (key: string | undefined, delay: number) =>
  command(`enqueue(${key}, ${delay})`, async (model, { met, test, queue }) => {
    const runAfter = model.now + delay;
    const [id] = await queue.enqueue(test.knex, [
      {
        kind: KIND,
        payload: null,
        runAfter: new Date(runAfter),
        ...(key !== undefined && { key }),
      },
    ]);
    const isTaken =
      key !== undefined &&
      [...model.rows.values()].some(
        row => row.key === key && row.state === 'open',
      );
    met('a key that is taken', isTaken);
    assert.equal(id === undefined, isTaken);
    if (id !== undefined) {
      model.rows.set(id, {
        id,
        key,
        state: 'open',
        runAfter,
        leaseUntil: 0,
        token: 0,
        attempt: 0,
      });
    }
  });

const claim = (limit: number) =>
  command(`claim(${limit})`, async (model, { met, table }) => {
    const claimed = await table.claim(KIND, limit, LEASE_MS);
    const expected = [...model.rows.values()]
      .filter(
        row =>
          row.state === 'open' &&
          row.runAfter <= model.now &&
          row.leaseUntil <= model.now,
      )
      .sort((a, b) => a.runAfter - b.runAfter || (a.id < b.id ? -1 : 1))
      .slice(0, limit);
    met('several claimed', expected.length > 1);
    for (const row of expected) {
      met('taken over', row.leaseUntil > 0);
      met('a third attempt', row.attempt === 2);
      row.token++;
      row.attempt++;
      row.leaseUntil = model.now + LEASE_MS;
    }
    const seen = ({ id, token, attempt }: Expected | ClaimedWork) => ({
      id,
      token,
      attempt,
    });
    same(claimed.map(seen), expected.map(seen));
    model.claims.push(...claimed.map(({ id, token }) => ({ id, token })));
  });

/** With any claim that was ever made, 0 the newest, or with none where there was none yet. */
const withClaim = (
  move: Move,
  pick: number,
  run: (
    held: Claim,
    row: Expected | undefined,
    model: Model,
    real: Real,
  ) => Promise<void>,
) =>
  command(`${move}(claim ${pick})`, async (model, real) => {
    const held = model.claims.at(
      -1 - (pick % Math.max(1, model.claims.length)),
    );
    if (held) {
      const row = isHeld(model, held);
      real.met(`${move} ${row ? 'by its lease' : 'too late'}`);
      await run(held, row, model, real);
    }
  });

const complete = (pick: number) =>
  withClaim('complete', pick, async (held, row, model, { table }) => {
    assert.equal((await table.complete([held], false)).size, row ? 1 : 0);
    if (row) model.rows.delete(row.id);
  });

const extend = (pick: number) =>
  withClaim('extend', pick, async (held, row, model, { table }) => {
    assert.equal((await table.extend([held], LEASE_MS)).size, row ? 1 : 0);
    if (row) row.leaseUntil = model.now + LEASE_MS;
  });

const retry = (pick: number, delayMs: number) =>
  withClaim('retry', pick, async (held, row, model, { table }) => {
    const settled = await table.putBack([
      { ...held, settlement: { to: 'retry', delayMs, error: 'no' } },
    ]);
    assert.equal(settled.size, row ? 1 : 0);
    if (row) {
      row.leaseUntil = 0;
      row.runAfter = model.now + delayMs;
    }
  });

const release = (pick: number) =>
  withClaim('release', pick, async (held, row, _, { table }) => {
    const settled = await table.putBack([
      { ...held, settlement: { to: 'release' } },
    ]);
    assert.equal(settled.size, row ? 1 : 0);
    if (row) {
      row.leaseUntil = 0;
      row.attempt--;
    }
  });

const bury = (pick: number) =>
  withClaim('bury', pick, async (held, row, _, { table }) => {
    const settled = await table.putBack([
      { ...held, settlement: { to: 'dead', error: 'no' } },
    ]);
    assert.equal(settled.size, row ? 1 : 0);
    if (row) {
      row.leaseUntil = 0;
      row.state = 'dead';
    }
  });

const redrive = () =>
  command('redrive', async (model, { met, dead }) => {
    const rows = [...model.rows.values()].sort((a, b) =>
      a.id < b.id ? -1 : 1,
    );
    const open = new Set(
      rows.filter(({ state }) => state === 'open').map(({ key }) => key),
    );
    let count = 0;
    for (const row of rows.filter(({ state }) => state === 'dead')) {
      if (row.key !== undefined && open.has(row.key)) {
        met('dead for one that is open');
        continue;
      }
      open.add(row.key);
      row.state = 'open';
      row.attempt = 0;
      row.runAfter = model.now;
      count++;
    }
    met('several driven again', count > 1);
    assert.equal(await dead.redrive({ kind: KIND }), count);
  });

const cancel = (key: string) =>
  command(`cancel(${key})`, async (model, { met, test, queue }) => {
    const row = [...model.rows.values()].find(
      candidate => candidate.key === key && candidate.state === 'open',
    );
    met('cancelled under a lease', (row?.leaseUntil ?? 0) > model.now);
    assert.equal(await queue.cancel(test.knex, KIND, key), row !== undefined);
    if (row) model.rows.delete(row.id);
  });

const passTime = (ms: number) =>
  command(`passTime(${ms})`, async (model, { test }) => {
    model.now += ms;
    await test.knex('clock').update({ ms: model.now });
  });

/** The rows are what the model says, after every step. */
function checked(inner: Command): Command {
  return command(String(inner), async (model, real) => {
    await inner.run(model, real);
    const rows = (await real.test.rows()).map(row => ({
      id: row.id,
      key: row.key ?? undefined,
      state: row.state,
      runAfter: Number(row.run_after),
      leaseUntil: Number(row.lease_until),
      token: Number(row.token),
      attempt: row.attempt,
    }));
    same(
      rows,
      [...model.rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  });
}

const keys = fc.constantFrom('a', 'b');
// Old claims come to nothing, mostly.
const picks = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 1 }) },
  { weight: 1, arbitrary: fc.nat({ max: 50 }) },
);
const enqueues = fc
  .tuple(
    fc.option(keys, { nil: undefined, freq: 2 }),
    fc.constantFrom(-10, 0, 50),
  )
  .map(([key, delay]) => enqueue(key, delay));
const claims = fc.integer({ min: 1, max: 3 }).map(claim);
const waits = fc.constantFrom(1, 50, LEASE_MS).map(passTime);
// Each as likely as any other: what the others live on stands here more than once.
const steps: fc.Arbitrary<Command>[] = [
  ...[enqueues, enqueues, enqueues, enqueues],
  ...[claims, claims, claims, claims],
  ...[waits, waits, waits],
  picks.map(complete),
  picks.map(extend),
  fc.tuple(picks, fc.constantFrom(0, 50)).map(args => retry(...args)),
  picks.map(release),
  ...[picks.map(bury), picks.map(bury)],
  fc.constant(redrive()),
  keys.map(cancel),
];

describe.each(databases.eachSupportedId())('a work queue on %s', engine => {
  it('moves work between its states as the model does, whatever happens in whatever order', async () => {
    const test = await TestQueue.create(databases, engine);
    const start = (await test.now()).getTime();
    const times = new Map<Moment, number>(MOMENTS.map(moment => [moment, 0]));
    const met = (moment: Moment, isMet = true) =>
      times.set(moment, (times.get(moment) ?? 0) + (isMet ? 1 : 0));
    const checking = fc.assert(
      fc.asyncProperty(
        fc.commands(
          steps.map(step => step.map(checked)),
          { maxCommands: 150, size: 'max' },
        ),
        async commands => {
          await test.knex(`${PREFIX}work`).delete();
          await test.knex('clock').update({ ms: start });
          const options = {
            knex: test.knex,
            prefix: PREFIX,
            clockSql: '(SELECT ms FROM clock)',
          };
          await fc.asyncModelRun(
            () => ({
              model: { now: start, rows: new Map(), claims: [] },
              real: {
                met,
                test,
                queue: test.queue(),
                table: new WorkTable(options),
                dead: new DeadWorkTable(options),
              },
            }),
            commands,
          );
        },
      ),
      { numRuns: 60 },
    );
    await expect(checking).resolves.toBeUndefined();
    expect([...times].filter(([, count]) => count < 5)).toEqual([]);
  });
});
