import { Attributes, metrics } from '@opentelemetry/api';
import { WorkCounts } from './Work';

/**
 * What a queue tells OpenTelemetry; nothing where the host has no SDK. Every replica counts the same rows, so take the greatest of
 * the gauges, and the sum of the counters.
 */
export class WorkMetrics {
  readonly #queue: string;
  readonly #counts: () => ReadonlyMap<string, WorkCounts>;
  readonly #isHandled: (kind: string) => boolean;
  readonly #claimed;
  readonly #settled;
  readonly #duration;
  readonly #observe: () => () => void;
  #stopObserving: (() => void) | undefined;

  /**
   * @param options.counts - the counts as last read: a scrape asks the database nothing
   * @param options.isHandled - whether this process has a processor for a kind
   */
  constructor(options: {
    queue: string;
    counts: () => ReadonlyMap<string, WorkCounts>;
    isHandled: (kind: string) => boolean;
  }) {
    this.#queue = options.queue;
    this.#counts = options.counts;
    this.#isHandled = options.isHandled;

    const meter = metrics.getMeter('@herald/work-queue');
    this.#claimed = meter.createCounter('herald.work.claimed', {
      description: 'Attempts begun, or claimed to be begun',
    });
    this.#settled = meter.createCounter('herald.work.settled', {
      description:
        'Attempts by how they ended: done, retry, dead, release or lost',
    });
    this.#duration = meter.createHistogram('herald.work.duration', {
      description: 'How long handlers take',
      unit: 's',
    });
    const items = meter.createObservableGauge('herald.work.items', {
      description: 'Work in the queue, by kind and state',
    });
    const oldest = meter.createObservableGauge('herald.work.oldest_due', {
      description: 'For how long the oldest due work has been due',
      unit: 's',
    });
    const observe: Parameters<
      typeof meter.addBatchObservableCallback
    >[0] = observer => {
      for (const [kind, counts] of this.#counts()) {
        for (const [state, count] of Object.entries(
          statesOf(counts, this.#isHandled(kind)),
        )) {
          observer.observe(items, count, { ...this.#of(kind), state });
        }
        observer.observe(oldest, counts.oldestDueMs / 1000, this.#of(kind));
      }
    };
    this.#observe = () => {
      meter.addBatchObservableCallback(observe, [items, oldest]);
      return () =>
        meter.removeBatchObservableCallback(observe, [items, oldest]);
    };
  }

  start(): void {
    this.#stopObserving = this.#observe();
  }

  claimed(kind: string, count: number): void {
    if (count > 0) {
      this.#claimed.add(count, this.#of(kind));
    }
  }

  settled(
    kind: string,
    to: 'done' | 'retry' | 'dead' | 'release' | 'lost',
  ): void {
    this.#settled.add(1, { ...this.#of(kind), to });
  }

  handled(kind: string, ms: number, how: string): void {
    this.#duration.record(ms / 1000, { ...this.#of(kind), how });
  }

  stop(): void {
    this.#stopObserving?.();
  }

  #of(kind: string): Attributes {
    return { queue: this.#queue, kind };
  }
}

/** Work that nobody here handles is orphaned, due or not. */
function statesOf(
  { due, scheduled, leased, dead }: WorkCounts,
  isHandled: boolean,
) {
  return isHandled
    ? { due, scheduled, leased, dead, orphaned: 0 }
    : { due: 0, scheduled: 0, leased, dead, orphaned: due + scheduled };
}
