import { JsonValue } from '@backstage/types';
import { Backoff, DEFAULT_BACKOFF } from './Backoff';
import { WorkItem } from './Work';

/**
 * Does one piece of work. Returning means done. Throwing means another attempt, unless it is a `PermanentFailure`; `RetryAfter` says when.
 *
 * @param context.signal - aborted when the work is no longer this handler's (`LeaseLost`), takes too long (`AttemptTimedOut`) or has
 *   to make way (`ShuttingDown`). A handler that goes on regardless is not waited for, and nothing it returns counts.
 *
 * @public
 */
export type WorkHandler<Payload extends JsonValue = JsonValue> = (context: {
  item: WorkItem<Payload>;
  signal: AbortSignal;
}) => Promise<void>;

/** How the work of one kind is done in this process. @public */
export type ProcessOptions = {
  /** How many handlers run at a time in this process; 4 unless told. */
  concurrency?: number;
  /**
   * How much is claimed in one go; as much as runs at a time unless told. What is claimed and not begun waits in this
   * process, so it should not be large where the work is slow.
   */
  batchSize?: number;
  /**
   * How long after work was enqueued it is looked for; at once unless told. What is enqueued meanwhile is claimed with it: many pieces
   * that come one by one are then done together, and whoever enqueues them is not disturbed after each.
   */
  gatherMs?: number;
  /** After so long without a heartbeat the work is taken for lost; 30,000 ms unless told. Heartbeats come three times as often. */
  leaseMs?: number;
  /** An attempt that takes longer has failed; one hour unless told. */
  timeoutMs?: number;
  /** Attempts before the work is dead, where the work itself does not say; 10 unless told. */
  maxAttempts?: number;
  /** Waits between attempts; from 1 s doubling to 15 minutes unless told. */
  backoff?: Backoff;
};

export function withDefaults(
  options: ProcessOptions,
): Required<ProcessOptions> {
  const concurrency = options.concurrency ?? 4;
  return {
    concurrency,
    batchSize: options.batchSize ?? concurrency,
    gatherMs: options.gatherMs ?? 0,
    leaseMs: options.leaseMs ?? 30_000,
    timeoutMs: options.timeoutMs ?? 60 * 60_000,
    maxAttempts: options.maxAttempts ?? 10,
    backoff: options.backoff ?? DEFAULT_BACKOFF,
  };
}
