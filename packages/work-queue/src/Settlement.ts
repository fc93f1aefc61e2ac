import { Backoff, backoffMs } from './Backoff';
import {
  LeaseLost,
  PermanentFailure,
  RetryAfter,
  ShuttingDown,
  messageOf,
} from './errors';

/** How an attempt ended. */
export type Ending =
  | { how: 'returned' }
  | { how: 'threw'; error: unknown }
  /** It was given up on, for this reason, while its handler ran on. */
  | { how: 'abandoned'; reason: unknown };

/** What becomes of the work. */
export type Settlement =
  | { to: 'done' }
  /** Another attempt, `delayMs` from now. */
  | { to: 'retry'; delayMs: number; error: string }
  | { to: 'dead'; error: string }
  /** As if it had not been claimed: no attempt is counted. */
  | { to: 'release' }
  /** It is not ours to settle any more. */
  | { to: 'nothing' };

type Circumstances = {
  attempt: number;
  maxAttempts: number;
  backoff: Backoff;
  /** In [0, 1). */
  random: number;
  isStopping: boolean;
};

export function settlementOf(
  ending: Ending,
  { attempt, maxAttempts, backoff, random, isStopping }: Circumstances,
): Settlement {
  if (ending.how === 'returned') {
    return { to: 'done' };
  }
  const reason = ending.how === 'threw' ? ending.error : ending.reason;
  if (reason instanceof LeaseLost) {
    return { to: 'nothing' };
  }
  const error = messageOf(reason);
  if (reason instanceof PermanentFailure) {
    return { to: 'dead', error };
  }
  // Whatever a handler throws when it is told to stop, stopping was the cause.
  if (reason instanceof ShuttingDown || isStopping) {
    return { to: 'release' };
  }
  if (attempt >= maxAttempts) {
    return { to: 'dead', error };
  }
  const delayMs =
    reason instanceof RetryAfter
      ? Math.max(0, Math.round(reason.delayMs))
      : backoffMs(backoff, attempt, random);
  return { to: 'retry', delayMs, error };
}
