/** The work is no longer this handler's: its lease ran out and another took it, or it was cancelled. @public */
export class LeaseLost extends Error {
  /** What this error is called, in logs as well. */
  override readonly name = 'LeaseLost';
}

/** The attempt took longer than its processor allows. Its signal is aborted with this, and it counts as a failure. @public */
export class AttemptTimedOut extends Error {
  /** What this error is called, in logs as well. */
  override readonly name = 'AttemptTimedOut';
}

/** The process is going down: a handler's signal is aborted with this when it has not ended in time. @public */
export class ShuttingDown extends Error {
  /** What this error is called, in logs as well. */
  override readonly name = 'ShuttingDown';
}

/** Thrown by a handler where no further attempt could help: the work is dead at once. @public */
export class PermanentFailure extends Error {
  /** What this error is called, in logs as well. */
  override readonly name = 'PermanentFailure';
}

/** Thrown by a handler that was told when to come back. It counts as an attempt. @public */
export class RetryAfter extends Error {
  /** What this error is called, in logs as well. */
  override readonly name = 'RetryAfter';

  /** Milliseconds from when it is thrown; negative ones count as 0. */
  readonly delayMs: number;

  constructor(delayMs: number, message?: string) {
    super(message ?? `To be tried again in ${delayMs} ms`);
    this.delayMs = delayMs;
  }
}

const LONGEST_ERROR = 1_000;

/** What is kept of an error: its message, cut, and without what PostgreSQL cannot store. */
export function messageOf(error: unknown): string {
  const message =
    error instanceof Error ? error.message || error.name : String(error);
  return message
    .slice(0, LONGEST_ERROR)
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\uFFFD');
}
