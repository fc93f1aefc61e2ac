import { Round } from './statistics';

/**
 * One request. `index` counts on over warm-up and rounds, so that no two requests need be the same. Where not all of it is to be
 * on the clock, it answers how long the part took that is; milliseconds.
 */
export type Work = (index: number) => Promise<void | number>;

export type Load = {
  work: Work;
  /** Requests before anything is measured. */
  warmUp: number;
  /** Requests a round. */
  requests: number;
  /** How many of them are under way at a time; 1 unless told. */
  concurrency?: number;
};

export type Clock = () => number;

/**
 * Lets the sides run in turn (A B A B …), each after its own warm-up: what the machine does meanwhile hits both alike.
 *
 * @returns the rounds of each side, in order
 */
export async function inTurn<Side extends string>(
  loads: Record<Side, Load>,
  rounds: number,
  clock: Clock = () => performance.now(),
): Promise<Record<Side, Round[]>> {
  const sides = Object.keys(loads) as Side[];
  const done = Object.fromEntries(
    sides.map(side => [side, []]),
  ) as unknown as Record<Side, Round[]>;
  const next = new Map<Side, number>();

  for (const side of sides) {
    const { warmUp, ...load } = loads[side];
    await runRound({ ...load, requests: warmUp }, 0, clock);
    next.set(side, warmUp);
  }
  for (let round = 0; round < rounds; round++) {
    for (const side of sides) {
      const load = loads[side];
      const first = next.get(side) ?? 0;
      done[side].push(await runRound(load, first, clock));
      next.set(side, first + load.requests);
    }
  }
  return done;
}

async function runRound(
  load: Omit<Load, 'warmUp'>,
  first: number,
  clock: Clock,
): Promise<Round> {
  const { work, requests, concurrency = 1 } = load;
  const latencies: number[] = [];
  let next = first;
  const worker = async () => {
    while (next < first + requests) {
      const index = next++;
      const start = clock();
      const own = await work(index);
      latencies.push(own ?? clock() - start);
    }
  };
  const start = clock();
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { latencies, elapsed: clock() - start };
}
