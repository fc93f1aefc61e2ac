/** How long a stream waits for what; milliseconds. @public */
export type StreamTimings = {
  /** Nothing at all for so long, not even a ping, means that the connection is dead. Servers ping every 25 s. */
  silence: number;
  /** Nothing for so long after the connection was opened means that something between us holds it back. */
  firstByte: number;
  /** When to try again where something holds it back. */
  heldBackRetry: number;
  /** The first pause after a failure; doubled by each failure in a row. */
  shortestRetry: number;
  longestRetry: number;
  /** Within what time all come back to a server that has ended their streams. */
  comeBack: number;
  /** A connection that has lasted so long was a good one. */
  stable: number;
};

export const STREAM_TIMINGS: StreamTimings = {
  silence: 60_000,
  firstByte: 10_000,
  heldBackRetry: 5 * 60_000,
  shortestRetry: 1_000,
  longestRetry: 60_000,
  comeBack: 2_000,
  stable: 10_000,
};

/**
 * The pause before the next try, from half of what is due to all of it, so that those who were cut off together do not come
 * back together.
 *
 * @param failures - how many tries in a row have failed, this one included
 * @param random - from 0 to 1
 */
export function retryDelay(
  failures: number,
  random: number,
  { shortestRetry, longestRetry }: StreamTimings,
): number {
  const due = Math.min(
    shortestRetry * 2 ** Math.min(Math.max(failures - 1, 0), 16),
    longestRetry,
  );
  return Math.round(due * (0.5 + 0.5 * random));
}

/** What a `Retry-After` header says, in milliseconds; it names seconds or a date. */
export function readRetryAfter(
  header: string | null | undefined,
  now: number,
): number | undefined {
  if (!header) {
    return undefined;
  }
  const ms = /^\d+$/.test(header.trim())
    ? Number(header) * 1_000
    : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(ms, 0) : undefined;
}
