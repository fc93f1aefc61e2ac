import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { DeadWorkTable } from './database/DeadWorkTable';
import { NewRow, WorkTable } from './database/WorkTable';
import { Processor } from './Processor';
import { ProcessOptions, WorkHandler } from './ProcessOptions';
import { Settler } from './Settler';
import {
  DeadWork,
  DeadWorkSelection,
  KindOf,
  NewWork,
  PayloadsByKind,
  WorkCounts,
  WorkId,
} from './Work';
import { WorkMetrics } from './WorkMetrics';

/** What a queue works on, and with. @public */
export type WorkQueueOptions = {
  /** The database of the owning plugin. */
  knex: Knex;
  /** As in its migrations. */
  prefix: string;
  logger: LoggerService;
  /** Due work is looked for at least this often; 5,000 ms unless told. */
  pollMs?: number;
  /** Done work is kept for so long; not at all unless told. */
  keepDoneMs?: number;
  /** How often counts are read for metrics; 30,000 ms unless told. */
  countEveryMs?: number;
  /** For tests: an SQL expression that answers the time in milliseconds, instead of the database's clock. */
  clockSql?: string;
  /** For tests: numbers in [0, 1). */
  random?: () => number;
};

const REMOVE_DONE_EVERY_MS = 60_000;
const REMOVED_AT_ONCE = 1_000;
const LONGEST_KIND = 64;
const LONGEST_KEY = 255;

/**
 * Durable work over a table of the owning plugin: enqueued in the transaction of what it belongs to, handled at least once by one
 * of the plugin's replicas, and exactly once as far as the effect is in `item.completeIn(tx)`'s transaction. docs/adr/0003 has the rest.
 *
 * @public
 */
export class WorkQueue<Payloads extends PayloadsByKind = PayloadsByKind> {
  readonly #table: WorkTable;
  readonly #deadTable: DeadWorkTable;
  readonly #logger: LoggerService;
  readonly #settler: Settler;
  readonly #metrics: WorkMetrics;
  readonly #pollMs: number;
  readonly #keepDoneMs: number;
  readonly #countEveryMs: number;
  readonly #random: () => number;
  readonly #processors = new Map<string, Processor>();
  #state: 'new' | 'started' | 'stopped' = 'new';
  #counts: ReadonlyMap<string, WorkCounts> = new Map();
  #chores: NodeJS.Timeout[] = [];
  #choresUnderWay = new Set<Promise<void>>();

  constructor(options: WorkQueueOptions) {
    this.#logger = options.logger;
    this.#table = new WorkTable(options);
    this.#deadTable = new DeadWorkTable(options);
    this.#pollMs = options.pollMs ?? 5_000;
    this.#keepDoneMs = options.keepDoneMs ?? 0;
    this.#countEveryMs = options.countEveryMs ?? 30_000;
    this.#random = options.random ?? Math.random;
    this.#settler = new Settler({
      table: this.#table,
      logger: options.logger,
      keepDone: this.#keepDoneMs > 0,
    });
    this.#metrics = new WorkMetrics({
      queue: options.prefix.replace(/_$/, ''),
      counts: () => this.#counts,
      isHandled: kind => this.#processors.has(kind),
    });
  }

  /**
   * Adds work in the caller's transaction: it is there when that commits, and this process then looks for it at once. Any number
   * of items; 2,000 go into one statement.
   *
   * @param tx - a transaction, or `knex` itself
   * @returns for each item its id, or `undefined` where open work with the same kind and key was there before
   * @throws RangeError where a kind or key has no valid length, or an unusable character
   */
  async enqueue(
    tx: Knex,
    items: readonly NewWork<Payloads>[],
  ): Promise<(WorkId | undefined)[]> {
    const rows = items.map(toRow);
    // Everybody takes keys in the same order, so that no two wait for each other.
    const ordered = rows.some(({ key }) => key !== null)
      ? [...rows].sort(byKindAndKey)
      : rows;
    const inserted = await this.#table.insert(tx, ordered);
    this.#lookAfter(tx, new Set(items.map(({ kind }) => kind)));
    return rows.map(({ id }) => (inserted.has(id) ? id : undefined));
  }

  /**
   * As `enqueue`, but as a statement that is to be part of another one, in its `WITH`, where the database can do that (PostgreSQL), and
   * with no answer. Who runs it says so to `enqueued`.
   *
   * @param items - 2,000 at the most
   */
  insertion(items: readonly NewWork<Payloads>[]): Knex.Raw {
    return this.#table.insertion(items.map(toRow).sort(byKindAndKey));
  }

  /** This process looks for what an `insertion` has added in this transaction, once that commits: work of these kinds. */
  enqueued(tx: Knex, ...kinds: KindOf<Payloads>[]): void {
    this.#lookAfter(tx, new Set(kinds));
  }

  /**
   * Says how work of a kind is done; at once where the queue was started before. Work of a kind without a processor waits for one.
   *
   * @throws Error where the kind has a processor already, or the queue was stopped
   */
  process<Kind extends KindOf<Payloads>>(
    kind: Kind,
    handler: WorkHandler<Payloads[Kind]>,
    options: ProcessOptions = {},
  ): void {
    if (this.#processors.has(kind)) {
      throw new Error(`Work of kind ${kind} has a processor already`);
    }
    if (this.#state === 'stopped') {
      throw new Error('The work queue was stopped');
    }
    const processor = new Processor(
      kind,
      // What is of this kind was enqueued with its payload.
      handler as WorkHandler,
      options,
      {
        table: this.#table,
        settler: this.#settler,
        metrics: this.#metrics,
        logger: this.#logger,
        pollMs: this.#pollMs,
        keepDone: this.#keepDoneMs > 0,
        random: this.#random,
      },
    );
    this.#processors.set(kind, processor);
    if (this.#state === 'started') {
      processor.start();
    }
  }

  /** Begins to work. */
  start(): void {
    if (this.#state !== 'new') {
      return;
    }
    this.#state = 'started';
    this.#metrics.start();
    this.#processors.forEach(processor => processor.start());
    this.#every(this.#countEveryMs, 'counted', async () => {
      this.#counts = await this.#table.counts();
    });
    if (this.#keepDoneMs > 0) {
      this.#every(REMOVE_DONE_EVERY_MS, 'removed', () => this.#removeDone());
    }
  }

  /**
   * Claims nothing more, gives back what has not begun, and waits for running handlers. Those that have not ended after `timeoutMs`
   * are told to by their signal, and after one more second their work is given back without counting the attempt.
   */
  async stop(options: { timeoutMs?: number } = {}): Promise<void> {
    this.#state = 'stopped';
    this.#chores.forEach(clearInterval);
    await Promise.all(
      [...this.#processors.values()].map(processor =>
        processor.stop(options.timeoutMs ?? 10_000),
      ),
    );
    await Promise.all(this.#choresUnderWay);
    this.#metrics.stop();
  }

  /** Looks for due work now, as after a hint that another process has enqueued some. */
  wake(): void {
    this.#processors.forEach(processor => processor.look());
  }

  /** How much work there is, by kind. Reads the whole table. */
  async counts(): Promise<ReadonlyMap<string, WorkCounts>> {
    return this.#table.counts();
  }

  /**
   * Dead work, the oldest first.
   *
   * @param page.after - the last id of the page before
   * @param page.limit - 100 unless told
   */
  async deadItems(
    page: { kind?: string; after?: WorkId; limit?: number } = {},
  ): Promise<DeadWork[]> {
    return this.#deadTable.list({ ...page, limit: page.limit ?? 100 });
  }

  /**
   * Makes dead work due again, with all its attempts before it. Of several with the same kind and key the oldest is, and none where
   * such work is open; the others stay dead.
   *
   * @returns how many are due again
   */
  async redrive(selection: DeadWorkSelection): Promise<number> {
    const count = await this.#deadTable.redrive(selection);
    this.wake();
    return count;
  }

  /** Removes dead work for good. @returns how many were removed */
  async discard(selection: DeadWorkSelection): Promise<number> {
    return this.#deadTable.discard(selection);
  }

  /**
   * Removes open work in the caller's transaction. A handler that is at it finds out with its next heartbeat, and cannot complete.
   *
   * @returns whether there was any
   */
  async cancel(
    tx: Knex,
    kind: KindOf<Payloads>,
    key: string,
  ): Promise<boolean> {
    return this.#table.cancel(tx, kind, key);
  }

  /** Only those look that may find something: a look is a statement or two, beside whatever else the process has to do. */
  #lookAfter(tx: Knex, kinds: ReadonlySet<string>): void {
    const look = () =>
      kinds.forEach(kind => this.#processors.get(kind)?.gather());
    if ('executionPromise' in tx && tx.isTransaction) {
      (tx as Knex.Transaction).executionPromise.then(look, () => {});
    } else {
      look();
    }
  }

  #every(ms: number, what: string, chore: () => Promise<void>): void {
    let isUnderWay = false;
    const run = () => {
      if (isUnderWay) {
        return;
      }
      isUnderWay = true;
      const underWay = chore()
        .catch(error =>
          this.#logger.warn(`Work could not be ${what}: ${error}`),
        )
        .then(() => {
          isUnderWay = false;
          this.#choresUnderWay.delete(underWay);
        });
      this.#choresUnderWay.add(underWay);
    };
    run();
    this.#chores.push(setInterval(run, ms * (0.8 + 0.4 * this.#random())));
  }

  async #removeDone(): Promise<void> {
    while (this.#state === 'started') {
      const removed = await this.#table.removeDone(
        this.#keepDoneMs,
        REMOVED_AT_ONCE,
      );
      if (removed < REMOVED_AT_ONCE) {
        return;
      }
    }
  }
}

function toRow({ kind, key, payload, runAfter, maxAttempts }: NewWork): NewRow {
  requireText('kind', kind, LONGEST_KIND);
  if (key !== undefined) {
    requireText('key', key, LONGEST_KEY);
  }
  return {
    id: uuid() as WorkId,
    kind,
    key: key ?? null,
    payload: JSON.stringify(payload),
    run_after: runAfter?.getTime() ?? null,
    max_attempts: maxAttempts ?? null,
  };
}

function requireText(what: string, text: string, longest: number): void {
  if (
    text.length === 0 ||
    text.length > longest ||
    /\0|\p{Surrogate}/u.test(text)
  ) {
    throw new RangeError(
      `The ${what} of work is not 1 to ${longest} characters of text: ${JSON.stringify(
        text.slice(0, longest),
      )}`,
    );
  }
}

function byKindAndKey(a: NewRow, b: NewRow): number {
  return compare(a.kind, b.kind) || compare(a.key ?? '', b.key ?? '');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
