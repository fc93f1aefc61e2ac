import { HeldLock, STALE_MS } from './OwnDirectory';

/**
 * Tells locks of processes that are no more. One of this machine is judged by its time. Clocks of machines that share a disk may differ by
 * more than a lock lasts: one of another has to stand still while this process looks on.
 */
export class LockWatch {
  readonly #seen = new Map<string, { renewedAt: number; sinceMs: number }>();

  constructor(private readonly host: string) {}

  isAbandoned(directory: string, { renewedAt, holder }: HeldLock): boolean {
    const at = renewedAt.getTime();
    if (holder?.host === this.host) return at < Date.now() - STALE_MS;
    const seen = this.#seen.get(directory);
    if (seen?.renewedAt === at) {
      return performance.now() - seen.sinceMs >= STALE_MS;
    }
    this.#seen.set(directory, { renewedAt: at, sinceMs: performance.now() });
    return false;
  }
}
