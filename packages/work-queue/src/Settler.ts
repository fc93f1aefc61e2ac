import { LoggerService } from '@backstage/backend-plugin-api';
import { setTimeout as delay } from 'node:timers/promises';
import { WorkTable } from './database/WorkTable';
import { Lease } from './Lease';
import { Settlement } from './Settlement';
import { WorkId } from './Work';

type Pending = {
  lease: Lease;
  settlement: Exclude<Settlement, { to: 'nothing' }>;
  settled: (isOurs: boolean) => void;
};

const AT_ONCE = 500;
const RETRY_DELAYS_MS = [50, 250, 1_000, 3_000];

/**
 * Writes down how work ended: all that has ended while one write was under way goes into the next, so that a write serves one
 * item when there is little to do and hundreds when there is much.
 */
export class Settler {
  readonly #table: WorkTable;
  readonly #logger: LoggerService;
  readonly #keepDone: boolean;
  #pending: Pending[] = [];
  #writing: Promise<void> | undefined;

  constructor(options: {
    table: WorkTable;
    logger: LoggerService;
    keepDone: boolean;
  }) {
    this.#table = options.table;
    this.#logger = options.logger;
    this.#keepDone = options.keepDone;
  }

  /** @returns once it is written: whether the work was still ours to settle */
  settle(lease: Lease, settlement: Pending['settlement']): Promise<boolean> {
    return new Promise(settled => {
      this.#pending.push({ lease, settlement, settled });
      this.#writing ??= this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    // Handlers that end in the same turn go together.
    await new Promise(setImmediate);
    while (this.#pending.length > 0) {
      const batch = this.#pending.splice(0, AT_ONCE);
      const done = batch.filter(({ settlement }) => settlement.to === 'done');
      const back = batch.flatMap(({ lease, settlement }) =>
        settlement.to === 'done' ? [] : [{ ...lease.claim, settlement }],
      );
      const [areDone, areBack] = await Promise.all([
        this.#insist(done.length, () =>
          this.#table.complete(
            done.map(({ lease }) => lease.claim),
            this.#keepDone,
          ),
        ),
        this.#insist(back.length, () => this.#table.putBack(back)),
      ]);
      for (const { lease, settled } of batch) {
        settled(areDone.has(lease.work.id) || areBack.has(lease.work.id));
      }
    }
    this.#writing = undefined;
  }

  async #insist(
    count: number,
    write: () => Promise<Set<WorkId>>,
  ): Promise<Set<WorkId>> {
    for (let attempt = 0; count > 0; attempt++) {
      try {
        return await write();
      } catch (error) {
        const wait = RETRY_DELAYS_MS[attempt];
        if (wait === undefined) {
          this.#logger.error(
            `The end of ${count} pieces of work could not be written down; they are tried again when their leases have run out: ${error}`,
          );
          break;
        }
        await delay(wait);
      }
    }
    return new Set();
  }
}
