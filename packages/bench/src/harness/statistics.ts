/** One run of a piece of work: how long each request took, and the whole. Milliseconds. */
export type Round = { latencies: number[]; elapsed: number };

/** What is reported of one side. `rounds` holds one value a round, so that drift and outliers can be seen. */
export type Measurement = {
  median: number;
  /** Over all requests of all rounds; absent where the unit is a rate. With fewer than 100 requests it is the slowest one. */
  p99?: number;
  rounds: number[];
  samples: number;
};

/**
 * The nearest-rank percentile: the smallest value that at least `percent` of all values do not exceed.
 *
 * @throws RangeError where there are no values, or `percent` is not above 0 and at most 100
 */
export function percentile(values: readonly number[], percent: number): number {
  if (!(percent > 0 && percent <= 100)) {
    throw new RangeError(
      `percentile ${percent} is not above 0 and at most 100`,
    );
  }
  const ascending = [...values].sort((a, b) => a - b);
  const value = ascending[Math.ceil((percent / 100) * ascending.length) - 1];
  if (value === undefined) {
    throw new RangeError('there is no percentile of no values');
  }
  return value;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const lower = percentile(values, 50);
  if (values.length % 2 === 1) {
    return lower;
  }
  const ascending = [...values].sort((a, b) => a - b);
  return (lower + (ascending[values.length / 2] ?? lower)) / 2;
}

/** How long a request takes; milliseconds. */
export function latencyOf(rounds: readonly Round[]): Measurement {
  const all = rounds.flatMap(round => round.latencies);
  return {
    median: median(all),
    p99: percentile(all, 99),
    rounds: rounds.map(round => median(round.latencies)),
    samples: all.length,
  };
}

/** How many requests are answered a second. */
export function rateOf(rounds: readonly Round[]): Measurement {
  const rates = rounds.map(
    round => (round.latencies.length / round.elapsed) * 1000,
  );
  return {
    median: median(rates),
    rounds: rates,
    samples: rounds.reduce((sum, round) => sum + round.latencies.length, 0),
  };
}

/** Of something that is not a time: each value a round of its own. */
export function valuesOf(values: readonly number[]): Measurement {
  return {
    median: median(values),
    rounds: [...values],
    samples: values.length,
  };
}
