/** What an API lets through, and how fast it answers. */
export type Conditions = {
  latencyMs: number;
} & (
  | { limit: 'rate'; perSecond: number; burst: number }
  | { limit: 'window'; calls: number; windowMs: number }
);

/**
 * The least time that so many calls take, whoever makes them: those that the limit lets through later, and those that are known
 * only when another has been answered. Milliseconds.
 *
 * @param depth - the longest chain of calls of which each is known by the one before
 */
export function floorMs(
  calls: number,
  depth: number,
  conditions: Conditions,
): number {
  const { latencyMs } = conditions;
  const chain = depth * latencyMs;
  if (conditions.limit === 'rate') {
    const { perSecond, burst } = conditions;
    const lastAt = (Math.max(0, calls - burst) / perSecond) * 1000;
    return Math.max(chain, lastAt + latencyMs);
  }
  const windowsBefore = Math.ceil(calls / conditions.calls) - 1;
  return Math.max(chain, windowsBefore * conditions.windowMs + latencyMs);
}
