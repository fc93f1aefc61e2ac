import { WorkTable } from './database/WorkTable';
import { Lease } from './Lease';

/** Extends the leases that a processor has in hand, and says which of them are not ours any more, or may not be. */
export class Heartbeat {
  readonly #table: WorkTable;
  readonly #leaseMs: number;
  readonly #inHand: () => Lease[];
  readonly #lost: (lease: Lease, why: string) => void;
  readonly #failed: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #extending: Promise<void> | undefined;

  constructor(options: {
    table: WorkTable;
    leaseMs: number;
    inHand: () => Lease[];
    lost: (lease: Lease, why: string) => void;
    failed: (error: unknown) => void;
  }) {
    this.#table = options.table;
    this.#leaseMs = options.leaseMs;
    this.#inHand = options.inHand;
    this.#lost = options.lost;
    this.#failed = options.failed;
  }

  start(): void {
    this.#timer = setInterval(() => this.#beat(), this.#leaseMs / 3);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#extending;
  }

  #beat(): void {
    const now = performance.now();
    const held: Lease[] = [];
    for (const lease of this.#inHand()) {
      if (lease.isCompletedByHandler) {
        continue;
      }
      if (lease.heldUntil > now) {
        held.push(lease);
      } else {
        this.#lost(lease, 'no heartbeat reached the database in time');
      }
    }
    if (held.length > 0 && !this.#extending) {
      this.#extending = this.#extend(held)
        .catch(this.#failed)
        .finally(() => {
          this.#extending = undefined;
        });
    }
  }

  async #extend(leases: readonly Lease[]): Promise<void> {
    // Before the database is asked, so that by our clock a lease never lasts longer than by its.
    const heldUntil = performance.now() + this.#leaseMs;
    const ours = await this.#table.extend(
      leases.map(({ claim }) => claim),
      this.#leaseMs,
    );
    const stillInHand = new Set(this.#inHand());
    for (const lease of leases) {
      if (ours.has(lease.work.id)) {
        lease.extendTo(heldUntil);
      } else if (stillInHand.has(lease) && !lease.isCompletedByHandler) {
        this.#lost(lease, 'another took it, or it was cancelled');
      }
    }
  }
}
