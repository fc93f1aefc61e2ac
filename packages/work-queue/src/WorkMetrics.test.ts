import { testEngines } from '@herald/test-utils';
import {
  Attributes,
  BatchObservableCallback,
  MeterProvider,
  Observable,
  createNoopMeter,
  metrics,
} from '@opentelemetry/api';
import { TestQueue } from './__testUtils__/TestQueue';
import { until } from './__testUtils__/until';
import { PermanentFailure } from './errors';

const databases = testEngines();

/** Remembers what is added, and observes when it is told to. */
class RememberingMeterProvider implements MeterProvider {
  readonly added: string[] = [];
  readonly #names = new Map<Observable, string>();
  #callbacks: BatchObservableCallback[] = [];

  getMeter() {
    const meter = createNoopMeter();
    const callbacks = () => this.#callbacks;
    return Object.assign(Object.create(meter), {
      createCounter: (name: string) => ({
        add: (count: number, { kind, to }: Attributes = {}) =>
          this.added.push([name, kind, to, count].filter(Boolean).join(' ')),
      }),
      createHistogram: (name: string) => ({
        record: (seconds: number, { kind, how }: Attributes = {}) =>
          this.added.push(`${name} ${kind} ${how} ${seconds < 10}`),
      }),
      createObservableGauge: (name: string) => {
        const gauge = meter.createObservableGauge(name);
        const own: Observable = Object.create(gauge);
        this.#names.set(own, name);
        return own;
      },
      addBatchObservableCallback: (callback: BatchObservableCallback) =>
        callbacks().push(callback),
      removeBatchObservableCallback: (callback: BatchObservableCallback) => {
        this.#callbacks = callbacks().filter(other => other !== callback);
      },
    });
  }

  scrape(): string[] {
    const seen: string[] = [];
    for (const callback of this.#callbacks) {
      callback({
        observe: (gauge, value, { kind, state } = {}) =>
          seen.push(
            [this.#names.get(gauge), kind, state, value]
              .filter(part => part !== undefined)
              .join(' '),
          ),
      });
    }
    return seen.filter(line => !line.endsWith(' 0'));
  }
}

describe('metrics', () => {
  const provider = new RememberingMeterProvider();

  beforeAll(() => {
    metrics.setGlobalMeterProvider(provider);
  });

  afterAll(() => {
    metrics.disable();
  });

  it('say how much work there is in which state, how old it is, and what became of it', async () => {
    const test = await TestQueue.create(databases, 'SQLITE_3');
    const queue = test.queue({ countEveryMs: 20 });
    await queue.enqueue(test.knex, [
      { kind: 'removed', payload: null },
      { kind: 'fails', payload: null },
      { kind: 'works', payload: null },
      {
        kind: 'works',
        payload: null,
        runAfter: new Date((await test.now()).getTime() + 60_000),
      },
    ]);
    await test.passTime(5_000);
    queue.process('works', async () => {});
    queue.process('fails', async () => {
      throw new PermanentFailure('no');
    });
    queue.start();
    const expected = [
      'herald.work.items removed orphaned 1',
      'herald.work.oldest_due removed 5',
      'herald.work.items fails dead 1',
      'herald.work.items works scheduled 1',
    ];
    await until(
      () => provider.scrape().sort().join('\n') === expected.sort().join('\n'),
    );
    expect(provider.added.sort()).toEqual([
      'herald.work.claimed fails 1',
      'herald.work.claimed works 1',
      'herald.work.duration fails threw true',
      'herald.work.duration works returned true',
      'herald.work.settled fails dead 1',
      'herald.work.settled works done 1',
    ]);
    await test.stop();
    expect(provider.scrape()).toEqual([]);
  });
});
