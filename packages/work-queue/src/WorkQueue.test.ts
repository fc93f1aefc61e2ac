import { testEngines } from '@herald/test-utils';
import { PREFIX, TestQueue } from './__testUtils__/TestQueue';
import { deferred, until } from './__testUtils__/until';
import { LeaseLost, PermanentFailure, RetryAfter } from './errors';
import { WorkQueue } from './WorkQueue';

const databases = testEngines();
const MINUTE = 60_000;

describe.each(databases.eachSupportedId())('a work queue on %s', engine => {
  let test: TestQueue;
  let queue: WorkQueue;

  beforeEach(async () => {
    test = await TestQueue.create(databases, engine);
    queue = test.queue();
  });

  afterEach(async () => {
    await test.stop();
  });

  /** Has work of kind `task` recorded by its payload as it is done. */
  function record(on: WorkQueue = queue, concurrency = 1): unknown[] {
    const seen: unknown[] = [];
    on.process(
      'task',
      async ({ item }) => {
        seen.push(item.payload);
      },
      { concurrency },
    );
    return seen;
  }

  describe('enqueuing', () => {
    it('leaves nothing behind when the transaction is rolled back', async () => {
      const tx = await test.knex.transaction();
      await queue.enqueue(tx, [{ kind: 'task', payload: 1 }]);
      await tx.rollback();
      expect(await test.rows()).toEqual([]);
    });

    it('has the work done once the transaction is committed, without waiting for a poll', async () => {
      const seen = record();
      queue.start();
      await test.knex.transaction(tx =>
        queue.enqueue(tx, [{ kind: 'task', payload: { n: 1 } }]),
      );
      await until(() => seen.length === 1);
      expect(seen).toEqual([{ n: 1 }]);
      await test.untilEmpty();
    });

    it('is no reason to look for work of other kinds', async () => {
      const claims: string[] = [];
      test.knex.on('query', ({ sql, bindings }) => {
        if (/lease_until = .* attempt \+ 1/.test(sql)) {
          claims.push(
            bindings.find((value: unknown) =>
              /^(task|other)$/.test(String(value)),
            ),
          );
        }
      });
      const seen = record();
      queue.process('other', async () => {});
      queue.start();
      await until(() => claims.length === 2);
      claims.length = 0;
      await queue.enqueue(test.knex, [{ kind: 'task', payload: 1 }]);
      await until(() => seen.length === 1);
      await test.untilEmpty();
      expect(new Set(claims)).toEqual(new Set(['task']));
    });

    it('is waited for by a processor that gathers, which claims together what comes one by one', async () => {
      const claimed: number[] = [];
      let hasLooked = false;
      const begun: number[] = [];
      test.knex.on('query-response', (answer, { sql }) => {
        hasLooked ||= / AS wait_ms /.test(sql);
        if (/ attempt \+ 1/.test(sql)) {
          claimed.push((answer.rows ?? answer).length);
        }
      });
      queue.process(
        'task',
        async () => {
          begun.push(performance.now());
        },
        { gatherMs: 1_000, concurrency: 10 },
      );
      queue.start();
      // At the start it looks at once.
      await until(() => hasLooked);
      claimed.length = 0;
      const first = performance.now();
      for (let payload = 0; payload < 5; payload++) {
        await queue.enqueue(test.knex, [{ kind: 'task', payload }]);
      }
      await until(() => begun.length === 5);
      expect(claimed).toEqual([5]);
      // Timers may be early by a millisecond.
      expect(begun[0] - first).toBeGreaterThanOrEqual(999);
    });

    it('takes 50,000 items in one transaction', async () => {
      const items = Array.from({ length: 50_000 }, (_, n) => ({
        kind: 'task',
        payload: { n },
        key: `key ${n}`,
      }));
      const ids = await test.knex.transaction(tx => queue.enqueue(tx, items));
      expect(new Set(ids).size).toBe(50_000);
      expect((await queue.counts()).get('task')?.due).toBe(50_000);
    });

    it('keeps any text in a payload', async () => {
      const seen = record();
      const payload = {
        'a\0b': 'NUL \0, half a pair \ud800, “quotes” ? ?? \\',
      };
      await queue.enqueue(test.knex, [{ kind: 'task', payload }]);
      queue.start();
      await until(() => seen.length === 1);
      expect(seen).toEqual([payload]);
    });

    it.each([
      ['a kind of no length', { kind: '' }],
      ['a kind of 65 characters', { kind: 'k'.repeat(65) }],
      ['a key of no length', { kind: 'task', key: '' }],
      ['a key of 256 characters', { kind: 'task', key: 'k'.repeat(256) }],
      ['a NUL in a key', { kind: 'task', key: 'a\0b' }],
    ])('refuses %s', async (_, fields) => {
      await expect(
        queue.enqueue(test.knex, [{ payload: null, ...fields }]),
      ).rejects.toThrow(RangeError);
    });
  });

  describe('order', () => {
    it('is that of the moments from which work is due, then that of enqueuing', async () => {
      const now = (await test.now()).getTime();
      const at = (payload: string, ms: number) => ({
        kind: 'task',
        payload,
        runAfter: new Date(now + ms),
      });
      await queue.enqueue(test.knex, [
        at('third', -10),
        at('first', -30),
        at('second', -20),
        at('fourth', -10),
      ]);
      const seen = record();
      queue.start();
      await until(() => seen.length === 4);
      expect(seen).toEqual(['first', 'second', 'third', 'fourth']);
    });

    it('does not let work begin before its moment', async () => {
      const now = (await test.now()).getTime();
      const seen = record();
      queue.start();
      await queue.enqueue(test.knex, [
        { kind: 'task', payload: 'later', runAfter: new Date(now + MINUTE) },
        { kind: 'task', payload: 'now' },
      ]);
      // Only what is written down as done cannot be taken for lost when time passes.
      const untilLeft = (count: number) =>
        until(async () => (await test.rows()).length === count);
      await untilLeft(1);
      await test.passTime(MINUTE - 1);
      await queue.enqueue(test.knex, [{ kind: 'task', payload: 'meanwhile' }]);
      await untilLeft(1);
      await test.passTime(1);
      await untilLeft(0);
      expect(seen).toEqual(['now', 'meanwhile', 'later']);
    });

    it('is looked at when the next work is due, by the clock of the database', async () => {
      const real = test.queue({ clockSql: undefined });
      const seen = record(real);
      real.start();
      await real.enqueue(test.knex, [
        { kind: 'task', payload: 1, runAfter: new Date(Date.now() + 300) },
      ]);
      await until(() => seen.length === 1, 5_000);
      expect(seen).toEqual([1]);
    });
  });

  describe('a key', () => {
    it('is enqueued once while its work is open, and again after it is done', async () => {
      const first = await queue.enqueue(test.knex, [
        { kind: 'task', payload: 1, key: 'a' },
        { kind: 'task', payload: 2, key: 'a' },
        { kind: 'task', payload: 3, key: 'b' },
        { kind: 'other', payload: 4, key: 'a' },
      ]);
      expect(first.map(id => id !== undefined)).toEqual([
        true,
        false,
        true,
        true,
      ]);
      const seen = record();
      queue.start();
      await until(async () => (await test.rows()).length === 1);
      await queue.enqueue(test.knex, [{ kind: 'task', payload: 5, key: 'a' }]);
      await until(() => seen.length === 3);
      expect(seen).toEqual([1, 3, 5]);
    });

    it('is enqueued once by fifty at the same time', async () => {
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          test.knex.transaction(tx =>
            queue.enqueue(tx, [
              { kind: 'task', payload: n, key: n % 2 ? 'a' : 'b' },
              { kind: 'task', payload: n, key: n % 2 ? 'b' : 'a' },
            ]),
          ),
        ),
      );
      expect(answers.flat().filter(id => id !== undefined)).toHaveLength(2);
      expect(await test.rows()).toHaveLength(2);
    });

    it('cancels open work', async () => {
      const seen = record();
      await queue.enqueue(test.knex, [
        { kind: 'task', payload: 1, key: 'a' },
        { kind: 'task', payload: 2, key: 'b' },
      ]);
      expect(await queue.cancel(test.knex, 'task', 'a')).toBe(true);
      expect(await queue.cancel(test.knex, 'task', 'a')).toBe(false);
      queue.start();
      await test.untilEmpty();
      expect(seen).toEqual([2]);
    });
  });

  describe('failing', () => {
    const backoff = { firstMs: 1_000, factor: 2, maxMs: 3_000 };

    it('is tried again after waits that grow up to a cap, and is dead after the last attempt', async () => {
      let attempts = 0;
      queue.process(
        'task',
        async () => {
          attempts++;
          throw new Error(`failure ${attempts}`);
        },
        { maxAttempts: 4, backoff },
      );
      queue.start();
      await queue.enqueue(test.knex, [{ kind: 'task', payload: null }]);
      const start = (await test.now()).getTime();
      // Random is 0.5: three quarters of 1, 2, and the cap of 3 seconds.
      const failedAndDueAgainAt = async (failures: number, moment: number) => {
        await until(
          async () => Number((await test.rows())[0].run_after) === moment,
        );
        expect(attempts).toBe(failures);
      };
      await failedAndDueAgainAt(1, start + 750);
      await test.passTime(750);
      await failedAndDueAgainAt(2, start + 750 + 1_500);
      await test.passTime(1_500);
      await failedAndDueAgainAt(3, start + 750 + 1_500 + 2_250);
      await test.passTime(2_250);
      await until(async () => (await queue.deadItems()).length === 1);
      expect(attempts).toBe(4);
      expect(await queue.deadItems()).toMatchObject([
        { kind: 'task', attempts: 4, lastError: 'failure 4' },
      ]);
    });

    it('is dead at once for a permanent failure', async () => {
      queue.process('task', async () => {
        throw new PermanentFailure('the endpoint is gone');
      });
      queue.start();
      await queue.enqueue(test.knex, [{ kind: 'task', payload: null }]);
      await until(async () => (await queue.deadItems()).length === 1);
      expect(await queue.deadItems()).toMatchObject([
        { attempts: 1, lastError: 'the endpoint is gone' },
      ]);
    });

    it('comes back when the outside system said to', async () => {
      let attempts = 0;
      queue.process('task', async () => {
        if (++attempts === 1) throw new RetryAfter(5 * MINUTE);
      });
      queue.start();
      await queue.enqueue(test.knex, [{ kind: 'task', payload: null }]);
      const due = (await test.now()).getTime() + 5 * MINUTE;
      await until(async () => Number((await test.rows())[0].run_after) === due);
      await test.passTime(5 * MINUTE);
      await test.untilEmpty();
      expect(attempts).toBe(2);
    });

    it('takes the number of attempts from the work before that of its kind', async () => {
      queue.process('task', async () => {
        throw new Error('no');
      });
      queue.start();
      await queue.enqueue(test.knex, [
        { kind: 'task', payload: null, maxAttempts: 1 },
      ]);
      await until(async () => (await queue.deadItems()).length === 1);
      expect(await queue.deadItems()).toMatchObject([{ attempts: 1 }]);
    });

    it('keeps the message of the error, cut, and nothing of its stack', async () => {
      queue.process('task', async () => {
        throw new PermanentFailure(`bad \0 \ud800 ${'x'.repeat(5_000)}`);
      });
      queue.start();
      await queue.enqueue(test.knex, [{ kind: 'task', payload: null }]);
      await until(async () => (await queue.deadItems()).length === 1);
      const [{ lastError }] = await queue.deadItems();
      expect(lastError).toMatch(/^bad {2}\uFFFD x{990,}$/);
    });
  });

  describe('dead work', () => {
    async function killAll(count: number, key?: string) {
      await queue.enqueue(
        test.knex,
        Array.from({ length: count }, (_, n) => ({
          kind: 'task',
          payload: n,
          ...(key !== undefined && { key }),
        })),
      );
      const killer = test.queue();
      killer.process('task', async () => {
        throw new PermanentFailure('no');
      });
      killer.start();
      await until(async () => {
        const counts = (await queue.counts()).get('task');
        return counts?.due === 0 && counts.leased === 0;
      });
      await killer.stop();
    }

    it('is listed in pages', async () => {
      await killAll(5);
      const first = await queue.deadItems({ kind: 'task', limit: 3 });
      const second = await queue.deadItems({ after: first[2].id, limit: 3 });
      expect([...first, ...second].map(({ payload }) => payload)).toEqual([
        0, 1, 2, 3, 4,
      ]);
      expect(await queue.deadItems({ kind: 'other' })).toEqual([]);
    });

    it('is done after it was driven again', async () => {
      await killAll(3);
      const [{ id }] = await queue.deadItems();
      expect(await queue.redrive({ ids: [id] })).toBe(1);
      expect(await queue.redrive({ ids: [id] })).toBe(0);
      expect(await queue.redrive({ kind: 'task' })).toBe(2);
      const seen = record();
      queue.start();
      await test.untilEmpty();
      expect(seen).toHaveLength(3);
    });

    it('is not driven again beside open work with its key, nor twice with one key', async () => {
      await killAll(1, 'a');
      await killAll(1, 'a');
      expect(await queue.deadItems()).toHaveLength(2);
      const [id] = await queue.enqueue(test.knex, [
        { kind: 'task', payload: 'open', key: 'a' },
      ]);
      expect(id).toBeDefined();
      expect(await queue.redrive({ kind: 'task' })).toBe(0);
      await queue.cancel(test.knex, 'task', 'a');
      expect(await queue.redrive({ kind: 'task' })).toBe(1);
      expect(await queue.deadItems()).toHaveLength(1);
    });

    it('is gone once it was discarded; open work is not', async () => {
      await killAll(2);
      const [open] = await queue.enqueue(test.knex, [
        { kind: 'task', payload: 'open' },
      ]);
      const dead = await queue.deadItems();
      expect(
        await queue.discard({ ids: [dead[0].id, open ?? dead[0].id] }),
      ).toBe(1);
      expect(await queue.discard({ kind: 'task' })).toBe(1);
      expect((await test.rows()).map(({ id }) => id)).toEqual([open]);
    });
  });

  describe('a lease', () => {
    const leaseMs = 1_000;

    /** Handlers of the first queue wait until told, and no heartbeat of theirs is sent before the test has ended. */
    async function stuckWork() {
      const begun = deferred<AbortSignal>();
      const goOn = deferred();
      const ended = deferred<unknown>();
      queue.process(
        'task',
        async ({ item, signal }) => {
          begun.resolve(signal);
          await goOn.promise;
          await test.knex
            .transaction(tx => item.completeIn(tx))
            .then(ended.resolve, ended.resolve);
        },
        // It has no room to take the work over itself.
        { leaseMs: 10 * MINUTE, concurrency: 1 },
      );
      queue.start();
      await queue.enqueue(test.knex, [
        { kind: 'task', payload: 'stuck', key: 'a' },
      ]);
      return {
        signal: await begun.promise,
        goOn: goOn.resolve,
        ended: ended.promise,
      };
    }

    it('that ran out lets another take over, and the late completion of the first is refused', async () => {
      const { goOn, ended } = await stuckWork();
      const other = test.queue();
      const taken = deferred();
      const finish = deferred();
      const attempts: number[] = [];
      other.process('task', async ({ item }) => {
        attempts.push(item.attempt);
        taken.resolve();
        await finish.promise;
      });
      other.start();
      await test.passTime(10 * MINUTE);
      await taken.promise;
      goOn();
      expect(await ended).toBeInstanceOf(LeaseLost);
      expect(await test.rows()).toHaveLength(1);
      finish.resolve();
      await test.untilEmpty();
      expect(attempts).toEqual([2]);
    });

    it('that ran out counts as an attempt: work that costs its process again and again is dead', async () => {
      await stuckWork();
      const other = test.queue();
      const seen: number[] = [];
      other.process(
        'task',
        async ({ item }) => {
          seen.push(item.attempt);
        },
        { maxAttempts: 1 },
      );
      other.start();
      await test.passTime(10 * MINUTE);
      await until(async () => (await queue.deadItems()).length === 1);
      expect(seen).toEqual([]);
      expect((await queue.deadItems())[0].lastError).toMatch(
        'lease of attempt 1 ran out',
      );
    });

    it('is kept by heartbeats while a long handler runs', async () => {
      const real = test.queue({ clockSql: undefined });
      const other = test.queue({ clockSql: undefined, pollMs: 20 });
      let handled = 0;
      const handler = async () => {
        handled++;
        const start = performance.now();
        await until(() => performance.now() - start > 4 * 250);
      };
      real.process('task', handler, { leaseMs: 250 });
      real.start();
      await real.enqueue(test.knex, [{ kind: 'task', payload: null }]);
      await until(() => handled === 1);
      other.process('task', handler, { leaseMs: 250 });
      other.start();
      await test.untilEmpty();
      expect(handled).toBe(1);
    });

    it('that was taken by another aborts the signal, and frees the slot although the handler hangs', async () => {
      const real = test.queue({ clockSql: undefined });
      const signals: AbortSignal[] = [];
      real.process(
        'task',
        async ({ signal }) => {
          signals.push(signal);
          if (signals.length === 1) await new Promise(() => {});
        },
        { leaseMs: 300, concurrency: 1 },
      );
      real.start();
      await real.enqueue(test.knex, [{ kind: 'task', payload: 1, key: 'a' }]);
      await until(() => signals.length === 1);
      await real.cancel(test.knex, 'task', 'a');
      await until(() => signals[0].aborted);
      expect(signals[0].reason).toBeInstanceOf(LeaseLost);
      await real.enqueue(test.knex, [{ kind: 'task', payload: 2 }]);
      await until(() => signals.length === 2);
    });

    // SQLite has one connection: while somebody's transaction is open, nobody can take anything over.
    if (engine.startsWith('POSTGRES')) {
      it('is kept while a transaction holds another row of the same process', async () => {
        const real = test.queue({ clockSql: undefined });
        const other = test.queue({ clockSql: undefined, pollMs: 20 });
        const goOn = deferred();
        let handled = 0;
        const handler = async () => {
          handled++;
          await goOn.promise;
        };
        real.process('task', handler, { leaseMs: 250, concurrency: 2 });
        real.start();
        const [locked] = await real.enqueue(test.knex, [
          { kind: 'task', payload: 1 },
          { kind: 'task', payload: 2 },
        ]);
        await until(() => handled === 2);
        const tx = await test.knex.transaction();
        await tx(`${PREFIX}work`).where({ id: locked }).forUpdate();
        other.process('task', handler, { leaseMs: 250 });
        other.start();
        const start = performance.now();
        await until(() => performance.now() - start > 4 * 250);
        expect(handled).toBe(2);
        await tx.rollback();
        goOn.resolve();
      });
    }

    if (engine.startsWith('POSTGRES')) {
      it('is not settled while a transaction of its handler hangs, so that others are', async () => {
        const goOn = deferred();
        queue.process(
          'task',
          async ({ item }) => {
            if (item.payload !== 'hangs') throw new Error('no');
            await test.knex.transaction(async tx => {
              await item.completeIn(tx);
              await goOn.promise;
            });
          },
          { timeoutMs: 100 },
        );
        queue.start();
        const enqueueOne = (payload: string) =>
          queue.enqueue(test.knex, [{ kind: 'task', payload }]);
        await enqueueOne('hangs');
        await until(() => test.logger.warn.mock.calls.length === 1);
        await enqueueOne('fails');
        await until(async () =>
          (await test.rows()).some(row => row.last_error === 'no'),
        );
        expect(await test.rows()).toHaveLength(2);
        goOn.resolve();
        await until(async () => (await test.rows()).length === 1);
      });
    }

    it('ends for a handler that takes too long, and the work is tried again', async () => {
      const signals: AbortSignal[] = [];
      queue.process(
        'task',
        async ({ signal }) => {
          signals.push(signal);
          if (signals.length === 1) await new Promise(() => {});
        },
        {
          leaseMs,
          timeoutMs: 50,
          backoff: { firstMs: 0, factor: 1, maxMs: 0 },
        },
      );
      queue.start();
      await queue.enqueue(test.knex, [{ kind: 'task', payload: null }]);
      await test.untilEmpty();
      expect(signals).toHaveLength(2);
      expect(signals[0].reason).toMatchObject({ name: 'AttemptTimedOut' });
    });
  });

  describe('completing in a transaction of the handler', () => {
    beforeEach(async () => {
      await test.knex.schema.createTable('effects', table => table.text('of'));
    });

    it('commits effect and completion together', async () => {
      queue.process('task', async ({ item }) => {
        await test.knex.transaction(async tx => {
          await tx('effects').insert({ of: item.id });
          await item.completeIn(tx);
        });
      });
      queue.start();
      const ids = await queue.enqueue(test.knex, [
        { kind: 'task', payload: 1 },
        { kind: 'task', payload: 2 },
      ]);
      await test.untilEmpty();
      expect(await test.knex('effects').orderBy('of').pluck('of')).toEqual(ids);
    });

    it('undoes both where the transaction fails, and tries again', async () => {
      let attempts = 0;
      queue.process(
        'task',
        async ({ item }) => {
          await test.knex.transaction(async tx => {
            await tx('effects').insert({ of: item.id });
            await item.completeIn(tx);
            if (++attempts === 1) throw new Error('the last moment');
          });
        },
        { backoff: { firstMs: 0, factor: 1, maxMs: 0 } },
      );
      queue.start();
      await queue.enqueue(test.knex, [{ kind: 'task', payload: 1 }]);
      await test.untilEmpty();
      expect(attempts).toBe(2);
      expect(await test.knex('effects')).toHaveLength(1);
    });
  });

  describe('stopping', () => {
    it('waits for what runs, and gives back what has not begun without counting it', async () => {
      const begun = deferred<AbortSignal>();
      const goOn = deferred();
      queue.process(
        'task',
        async ({ signal }) => {
          begun.resolve(signal);
          await goOn.promise;
        },
        { concurrency: 1, batchSize: 10 },
      );
      queue.start();
      await queue.enqueue(
        test.knex,
        [1, 2, 3].map(payload => ({ kind: 'task', payload })),
      );
      const signal = await begun.promise;
      await until(async () => (await queue.counts()).get('task')?.leased === 3);
      let isStopped = false;
      const stopped = queue.stop().then(() => {
        isStopped = true;
      });
      await until(async () => (await queue.counts()).get('task')?.due === 2);
      expect(isStopped).toBe(false);
      expect(signal.aborted).toBe(false);
      goOn.resolve();
      await stopped;
      expect(await test.rows()).toMatchObject([
        { attempt: 0, state: 'open' },
        { attempt: 0, state: 'open' },
      ]);
    });

    it('tells what has not ended in time to make way, and gives it back at once', async () => {
      const begun = deferred<AbortSignal>();
      queue.process('task', async ({ signal }) => {
        begun.resolve(signal);
        await new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        });
      });
      queue.start();
      await queue.enqueue(test.knex, [{ kind: 'task', payload: 1 }]);
      const signal = await begun.promise;
      await queue.stop({ timeoutMs: 20 });
      expect(signal.reason).toMatchObject({ name: 'ShuttingDown' });
      expect(await test.rows()).toMatchObject([
        { attempt: 0, lease_until: expect.anything(), last_error: null },
      ]);
      expect((await queue.counts()).get('task')?.due).toBe(1);
    });

    it('does not wait for a handler that hears nothing', async () => {
      const begun = deferred();
      queue.process('task', async () => {
        begun.resolve();
        await new Promise(() => {});
      });
      queue.start();
      await queue.enqueue(test.knex, [{ kind: 'task', payload: 1 }]);
      await begun.promise;
      await queue.stop({ timeoutMs: 0 });
      expect((await queue.counts()).get('task')?.due).toBe(1);
    });
  });

  describe('a kind nobody handles', () => {
    it('waits, keeps nothing else from being done, and is done once it has a processor', async () => {
      await queue.enqueue(test.knex, [
        { kind: 'removed', payload: 'old' },
        { kind: 'task', payload: 'new' },
      ]);
      const seen = record();
      queue.start();
      await until(async () => (await test.rows()).length === 1);
      expect(seen).toEqual(['new']);
      expect((await queue.counts()).get('removed')?.due).toBe(1);
      const old: unknown[] = [];
      queue.process('removed', async ({ item }) => {
        old.push(item.payload);
      });
      await test.untilEmpty();
      expect(old).toEqual(['old']);
    });

    it('can have only one processor', () => {
      record();
      expect(() => record()).toThrow('has a processor already');
    });
  });

  it('keeps done work for as long as told, then removes it', async () => {
    const keeping = test.queue({ keepDoneMs: MINUTE });
    const seen = record(keeping);
    keeping.start();
    await keeping.enqueue(test.knex, [{ kind: 'task', payload: 1, key: 'a' }]);
    await until(async () => (await keeping.counts()).get('task')?.done === 1);
    await keeping.enqueue(test.knex, [{ kind: 'task', payload: 2, key: 'a' }]);
    await until(async () => (await keeping.counts()).get('task')?.done === 2);
    expect(seen).toEqual([1, 2]);
    await keeping.stop();
    await test.passTime(MINUTE);
    const cleaning = test.queue({ keepDoneMs: MINUTE });
    cleaning.start();
    await test.untilEmpty();
  });
});
