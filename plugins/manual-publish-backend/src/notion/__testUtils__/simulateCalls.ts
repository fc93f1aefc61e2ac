import { UnknownHTTPResponseError } from '@notionhq/client';
import { RateLimit } from '@herald/sandbox';
import { CallQueue, CallQueueOptions } from '../CallQueue';
import { VirtualClock } from './VirtualClock';

export type Simulation = {
  /** A list in which each number is a call, and says how many further calls are known once it is answered. */
  calls: number;
  /** How many calls an answer makes known. */
  unlocks?: number;
  limits: readonly RateLimit[];
  latencyMs: number;
  /** How long a call is on its way to the API, by its number. */
  onTheWayMs?: (call: number) => number;
  queue?: CallQueueOptions;
};

export type SimulationResult = {
  /** Until the last call was answered. */
  durationMs: number;
  letThrough: number;
  refused: number;
  /** Calls that started while the API had asked all to wait. */
  startedTooEarly: number;
};

/** Makes as many calls as a tree takes, of an API with limits, in time that does not pass in reality. */
export async function simulateCalls(
  simulation: Simulation,
): Promise<SimulationResult> {
  const {
    calls,
    unlocks = 8,
    limits,
    latencyMs,
    onTheWayMs = () => 0,
  } = simulation;
  const clock = new VirtualClock();
  const queue = new CallQueue({ clock, ...simulation.queue });
  const { signal } = new AbortController();
  let known = 1;
  let started = 0;
  let letThrough = 0;
  let refused = 0;
  let closedUntil = 0;
  let startedTooEarly = 0;

  const callApi = async () => {
    started += 1;
    if (clock.now() < closedUntil) startedTooEarly += 1;
    await clock.sleep(onTheWayMs(started));
    const waits = limits.flatMap(limit => limit.retryAfter(clock.now()) ?? []);
    if (waits.length > 0) {
      refused += 1;
      const seconds = Math.max(...waits);
      closedUntil = Math.max(closedUntil, clock.now() + seconds * 1000);
      throw new UnknownHTTPResponseError({
        status: 429,
        message: undefined,
        headers: new Headers({ 'retry-after': String(seconds) }),
        rawBodyText: '',
      });
    }
    limits.forEach(limit => limit.spend(clock.now()));
    letThrough += 1;
    await clock.sleep(latencyMs);
  };
  const makeCall = async (): Promise<void> => {
    await queue.run({ call: callApi, signal });
    const more = Math.min(unlocks, calls - known);
    known += more;
    await Promise.all(Array.from({ length: more }, makeCall));
  };

  await clock.until(makeCall());
  return { durationMs: clock.now(), letThrough, refused, startedTooEarly };
}
