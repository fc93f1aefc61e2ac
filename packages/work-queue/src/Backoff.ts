/** How long to wait before another attempt. @public */
export type Backoff = {
  /** After the first failure; milliseconds. */
  firstMs: number;
  /** Each wait is this many times the one before. */
  factor: number;
  /** No wait is longer; milliseconds. */
  maxMs: number;
};

export const DEFAULT_BACKOFF: Backoff = {
  firstMs: 1_000,
  factor: 2,
  maxMs: 15 * 60_000,
};

/**
 * The wait after the given attempt has failed: between half and the whole of `firstMs · factor^(attempt-1)`, capped, so that what
 * failed together does not come back together.
 *
 * @param attempt - from 1
 * @param random - in [0, 1)
 * @returns whole milliseconds
 */
export function backoffMs(
  { firstMs, factor, maxMs }: Backoff,
  attempt: number,
  random: number,
): number {
  const whole = Math.min(maxMs, firstMs * factor ** (attempt - 1));
  return Math.round(whole * (0.5 + random / 2));
}
