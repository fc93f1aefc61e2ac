import { LoggerService } from '@backstage/backend-plugin-api';
import { WorkTable } from './database/WorkTable';
import { AttemptTimedOut, LeaseLost, ShuttingDown } from './errors';
import { Heartbeat } from './Heartbeat';
import { Lease } from './Lease';
import { ProcessOptions, WorkHandler, withDefaults } from './ProcessOptions';
import { Ending, Settlement, settlementOf } from './Settlement';
import { Settler } from './Settler';
import { ClaimedWork } from './Work';
import { WorkMetrics } from './WorkMetrics';

/** What a processor shares with the others of its queue. */
type Shared = {
  table: WorkTable;
  settler: Settler;
  metrics: WorkMetrics;
  logger: LoggerService;
  pollMs: number;
  keepDone: boolean;
  random: () => number;
};

/** Between two looks for something that should be due but is not to be had, because somebody else is taking it. */
const SOONEST_LOOK_MS = 25;
/** What a handler gets to clean up after it has been told to make way. */
const LAST_WORDS_MS = 1_000;

/** Claims work of one kind and has it handled, while it runs. */
export class Processor {
  readonly #kind: string;
  readonly #handler: WorkHandler;
  readonly #options: Required<ProcessOptions>;
  readonly #shared: Shared;
  /** Claimed, in the order of their moments. */
  #waiting: Lease[] = [];
  readonly #running = new Map<Lease, Promise<void>>();
  readonly #settling = new Set<Promise<unknown>>();
  readonly #heartbeat: Heartbeat;
  #isRunning = false;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  /** Nothing was due when we looked last: the end of a handler is no reason to look again. */
  #isDrained = false;
  #lookTimer: NodeJS.Timeout | undefined;
  #nextLookAt = Infinity;

  constructor(
    kind: string,
    handler: WorkHandler,
    options: ProcessOptions,
    shared: Shared,
  ) {
    this.#kind = kind;
    this.#handler = handler;
    this.#shared = shared;
    this.#options = withDefaults(options);
    this.#heartbeat = new Heartbeat({
      table: shared.table,
      leaseMs: this.#options.leaseMs,
      inHand: () => [...this.#waiting, ...this.#running.keys()],
      lost: (lease, why) => this.#lose(lease, why),
      failed: error =>
        shared.logger.warn(
          `A heartbeat for work of kind ${kind} failed: ${error}`,
        ),
    });
  }

  start(): void {
    if (this.#isRunning) {
      return;
    }
    this.#isRunning = true;
    this.#heartbeat.start();
    this.look();
  }

  /** Looks for due work. Many calls while it looks cause one more look. */
  look(): void {
    if (!this.#isRunning) {
      return;
    }
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    clearTimeout(this.#lookTimer);
    this.#nextLookAt = Infinity;
    this.#looking = this.#fill()
      .catch((error): number => {
        this.#shared.logger.warn(
          `Work of kind ${this.#kind} could not be claimed: ${error}`,
        );
        return this.#jittered(this.#shared.pollMs);
      })
      .then(nextLookMs => {
        this.#looking = undefined;
        if (!this.#isRunning) {
          return;
        }
        if (this.#lookAgain) {
          this.#lookAgain = false;
          this.look();
        } else {
          this.#lookIn(nextLookMs);
        }
      });
  }

  /** Looks for what was enqueued just now, and with it for what will be while it waits. */
  gather(): void {
    const { gatherMs } = this.#options;
    if (gatherMs === 0) {
      this.look();
    } else {
      this.#lookIn(gatherMs);
    }
  }

  /** Claims nothing more, gives back what has not begun, and waits for what has. */
  async stop(timeoutMs: number): Promise<void> {
    this.#isRunning = false;
    clearTimeout(this.#lookTimer);
    await this.#looking;
    this.#releaseWaiting();
    await this.#runningEnd(timeoutMs);
    const reason = new ShuttingDown('The process is going down');
    this.#running.forEach((_, lease) => lease.abort(reason));
    await this.#runningEnd(LAST_WORDS_MS);
    this.#running.forEach((_, lease) => lease.giveUp(reason));
    await Promise.all(this.#running.values());
    await this.#heartbeat.stop();
    await Promise.all(this.#settling);
  }

  /** @returns when to look again; milliseconds */
  async #fill(): Promise<number> {
    const { batchSize, concurrency, leaseMs } = this.#options;
    const mostInHand = Math.max(batchSize, concurrency);
    while (this.#isRunning) {
      // Handlers that end in the same turn make room for one claim.
      await new Promise(setImmediate);
      this.#isDrained = false;
      const room = Math.min(
        batchSize,
        mostInHand - this.#waiting.length - this.#running.size,
        // Where writing is slower than working, working waits.
        2 * mostInHand - this.#settling.size,
      );
      const isIdle =
        this.#waiting.length === 0 && this.#running.size < concurrency;
      if (room <= 0 || (room < batchSize / 2 && !isIdle)) {
        return this.#jittered(this.#shared.pollMs);
      }
      const heldUntil = performance.now() + leaseMs;
      const claimed = await this.#shared.table.claim(this.#kind, room, leaseMs);
      this.#shared.metrics.claimed(this.#kind, claimed.length);
      claimed.forEach(work => this.#take(work, heldUntil));
      if (claimed.length < room) {
        this.#isDrained = true;
        return this.#untilNextDue();
      }
    }
    return this.#shared.pollMs;
  }

  async #untilNextDue(): Promise<number> {
    const poll = this.#jittered(this.#shared.pollMs);
    const nextDue = await this.#shared.table.nextDueInMs(this.#kind);
    return nextDue === undefined
      ? poll
      : Math.min(poll, Math.max(nextDue, SOONEST_LOOK_MS));
  }

  #jittered(ms: number): number {
    return ms * (0.8 + 0.4 * this.#shared.random());
  }

  #take(work: ClaimedWork, heldUntil: number): void {
    const lease = new Lease(work, heldUntil);
    const maxAttempts = this.#maxAttempts(work);
    if (work.attempt > maxAttempts) {
      this.#settle(lease, {
        to: 'dead',
        error: `The lease of attempt ${
          work.attempt - 1
        } ran out: its process was lost, or hung`,
      });
    } else if (!this.#isRunning) {
      this.#settle(lease, { to: 'release' });
    } else {
      this.#waiting.push(lease);
      this.#runWaiting();
    }
  }

  #maxAttempts({ maxAttempts }: ClaimedWork): number {
    return maxAttempts ?? this.#options.maxAttempts;
  }

  #runWaiting(): void {
    while (this.#running.size < this.#options.concurrency) {
      const lease = this.#waiting.shift();
      if (!lease) {
        return;
      }
      this.#running.set(lease, this.#handle(lease));
    }
  }

  async #handle(lease: Lease): Promise<void> {
    const { timeoutMs } = this.#options;
    const { work } = lease;
    const timer = setTimeout(
      () =>
        lease.giveUp(
          new AttemptTimedOut(`The attempt took longer than ${timeoutMs} ms`),
        ),
      timeoutMs,
    );
    const started = performance.now();
    const item = lease.itemFor(this.#shared.table, {
      maxAttempts: this.#maxAttempts(work),
      keepDone: this.#shared.keepDone,
    });
    const ending = await lease.run(() =>
      this.#handler({ item, signal: lease.signal }),
    );
    clearTimeout(timer);
    this.#shared.metrics.handled(
      this.#kind,
      performance.now() - started,
      ending.how,
    );
    this.#end(lease, ending);
    this.#running.delete(lease);
    if (this.#isRunning) {
      this.#runWaiting();
      this.#lookForMore();
    }
  }

  /** There is room again; nothing is asked where nothing was due. */
  #lookForMore(): void {
    if (!this.#isDrained) {
      this.look();
    }
  }

  #end(lease: Lease, ending: Ending): void {
    const { work } = lease;
    if (lease.isCompletedByHandler && ending.how === 'returned') {
      this.#shared.metrics.settled(this.#kind, 'done');
      return;
    }
    if (lease.isCompletedByHandler && ending.how === 'abandoned') {
      // Its transaction may still hold the row: to settle would be to wait for it, and everybody's settling with it.
      this.#settle(lease, { to: 'nothing' });
      return;
    }
    const settlement = settlementOf(ending, {
      attempt: work.attempt,
      maxAttempts: this.#maxAttempts(work),
      backoff: this.#options.backoff,
      random: this.#shared.random(),
      isStopping: lease.signal.reason instanceof ShuttingDown,
    });
    this.#settle(lease, settlement);
  }

  #settle(lease: Lease, settlement: Settlement): void {
    const { id, attempt } = lease.work;
    const what = `${this.#kind} ${id}`;
    if (settlement.to === 'nothing') {
      this.#shared.metrics.settled(this.#kind, 'lost');
      this.#shared.logger.warn(
        `${what}: the lease of attempt ${attempt} is lost`,
      );
      return;
    }
    const settling = this.#shared.settler
      .settle(lease, settlement)
      .then(isOurs => {
        this.#settling.delete(settling);
        this.#lookForMore();
        this.#shared.metrics.settled(
          this.#kind,
          isOurs ? settlement.to : 'lost',
        );
        if (!isOurs) {
          this.#shared.logger.warn(
            `${what}: attempt ${attempt} ended (${settlement.to}) after its lease was lost`,
          );
        } else if (settlement.to === 'retry') {
          this.#shared.logger.warn(
            `${what}: attempt ${attempt} failed, the next is in ${settlement.delayMs} ms: ${settlement.error}`,
          );
          this.#lookIn(settlement.delayMs);
        } else if (settlement.to === 'dead') {
          this.#shared.logger.error(
            `${what} is dead after attempt ${attempt}: ${settlement.error}`,
          );
        }
      });
    this.#settling.add(settling);
  }

  /** Looks after that time, or before where that was settled already. */
  #lookIn(ms: number): void {
    const at = performance.now() + ms;
    if (this.#isRunning && at < this.#nextLookAt) {
      clearTimeout(this.#lookTimer);
      this.#nextLookAt = at;
      this.#lookTimer = setTimeout(() => this.look(), ms);
    }
  }

  #lose(lease: Lease, why: string): void {
    const reason = new LeaseLost(
      `The lease of ${this.#kind} ${lease.work.id} is lost: ${why}`,
    );
    const place = this.#waiting.indexOf(lease);
    if (place >= 0) {
      this.#waiting.splice(place, 1);
      this.#settle(lease, { to: 'nothing' });
    } else {
      lease.giveUp(reason);
    }
  }

  #releaseWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach(lease => this.#settle(lease, { to: 'release' }));
  }

  async #runningEnd(timeoutMs: number): Promise<void> {
    if (this.#running.size === 0) {
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      Promise.all(this.#running.values()),
      new Promise(resolve => {
        timer = setTimeout(resolve, timeoutMs);
      }),
    ]);
    clearTimeout(timer);
  }
}
