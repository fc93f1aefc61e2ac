import { ResponseError, isError } from '@backstage/errors';
import pRetry from 'p-retry';
import { setTimeout as delay } from 'node:timers/promises';

/** How often, and how patiently, a call is tried again. */
export type RetrySettings = {
  /** Attempts after the first one. */
  retries: number;
  /** The wait after the first attempt; milliseconds. Each later one is twice as long. */
  firstWaitMs: number;
  /** No wait is longer; milliseconds. A server that asks for more is not waited for. */
  longestWaitMs: number;
};

/** About a minute in all. */
export const DEFAULT_RETRIES: RetrySettings = {
  retries: 6,
  firstWaitMs: 500,
  longestWaitMs: 30_000,
};

const PASSING_STATUSES = [429, 502, 503, 504];

/** Does something until it succeeds, fails for good, or has failed too often; then the last error is thrown. */
export async function retrying<T>(
  settings: RetrySettings,
  action: (attempt: number) => Promise<T>,
): Promise<T> {
  let failure: unknown;
  try {
    return await pRetry(
      async attempt => {
        try {
          return await action(attempt);
        } catch (error) {
          failure = error;
          if (
            !isPassing(error) ||
            retryAfterMs(error) > settings.longestWaitMs
          ) {
            throw new pRetry.AbortError('not to be tried again');
          }
          // It takes network errors for bugs, where they are a TypeError; what may be tried again was decided above.
          throw new Error('to be tried again');
        }
      },
      {
        retries: settings.retries,
        minTimeout: settings.firstWaitMs,
        maxTimeout: settings.longestWaitMs,
        factor: 2,
        randomize: true,
        onFailedAttempt: async ({ retriesLeft }) => {
          if (retriesLeft > 0) {
            await delay(retryAfterMs(failure));
          }
        },
      },
    );
  } catch {
    throw failure;
  }
}

/** What may be different in a while: no connection, no answer in time, or an answer that says so. */
function isPassing(error: unknown): boolean {
  if (error instanceof ResponseError) {
    return PASSING_STATUSES.includes(error.statusCode);
  }
  // As fetch throws them; by name, since they may be of another realm's classes.
  return isError(error) && ['TypeError', 'TimeoutError'].includes(error.name);
}

/** What the server asks for, in seconds or as a date; 0 where it does not. */
function retryAfterMs(error: unknown): number {
  const asked =
    error instanceof ResponseError
      ? error.response.headers.get('retry-after')
      : null;
  if (!asked) {
    return 0;
  }
  const ms = /^\d+$/.test(asked)
    ? Number(asked) * 1_000
    : Date.parse(asked) - Date.now();
  return Number.isNaN(ms) ? 0 : Math.max(0, ms);
}
