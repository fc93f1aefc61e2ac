import { JsonValue } from '@backstage/types';
import { Knex } from 'knex';
import { Claim, WorkTable } from './database/WorkTable';
import { LeaseLost } from './errors';
import { Ending } from './Settlement';
import { ClaimedWork, WorkItem } from './Work';

/** Work that this process has claimed, from the claim until it is settled or lost. */
export class Lease {
  readonly work: ClaimedWork;
  readonly #controller = new AbortController();
  readonly #abandoned: Promise<Ending>;
  #abandon: (ending: Ending) => void = () => {};
  #heldUntil: number;
  #isCompletedByHandler = false;

  /** @param heldUntil - by the clock of this process, and rather too early than too late */
  constructor(work: ClaimedWork, heldUntil: number) {
    this.work = work;
    this.#heldUntil = heldUntil;
    this.#abandoned = new Promise(resolve => {
      this.#abandon = resolve;
    });
  }

  get claim(): Claim {
    return { id: this.work.id, token: this.work.token };
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get heldUntil(): number {
    return this.#heldUntil;
  }

  /** Its transaction holds the row, or has removed it: nothing is left for us to extend or to settle. */
  get isCompletedByHandler(): boolean {
    return this.#isCompletedByHandler;
  }

  extendTo(heldUntil: number): void {
    this.#heldUntil = heldUntil;
  }

  /** Tells the handler to end. */
  abort(reason: Error): void {
    this.#controller.abort(reason);
  }

  /** Tells the handler to end, and no longer waits for it. What it still does has no effect on the work. */
  giveUp(reason: Error): void {
    this.#controller.abort(reason);
    this.#abandon({ how: 'abandoned', reason });
  }

  /** @returns how it ended; never rejects */
  async run(handle: () => Promise<void>): Promise<Ending> {
    const handled = (async (): Promise<Ending> => {
      try {
        await handle();
        return { how: 'returned' };
      } catch (error) {
        return { how: 'threw', error };
      }
    })();
    return Promise.race([handled, this.#abandoned]);
  }

  /** What the handler gets to see. The payload is what was enqueued under this kind; nobody else writes it. */
  itemFor<Payload extends JsonValue>(
    table: WorkTable,
    options: { maxAttempts: number; keepDone: boolean },
  ): WorkItem<Payload> {
    const { id, kind, key, payload, attempt, createdAt } = this.work;
    return {
      id,
      kind,
      key,
      payload: payload as Payload,
      attempt,
      isLastAttempt: attempt >= options.maxAttempts,
      createdAt,
      completeIn: async (tx: Knex.Transaction) => {
        // First, so that no heartbeat asks for a row that this transaction is about to lock.
        this.#isCompletedByHandler = true;
        const done = await table.complete([this.claim], options.keepDone, tx);
        if (!done.has(id)) {
          throw new LeaseLost(`${kind} ${id} was taken over or cancelled`);
        }
      },
    };
  }
}
