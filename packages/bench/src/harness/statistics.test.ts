import { latencyOf, median, percentile, rateOf } from './statistics';

describe('percentile', () => {
  const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it('is the nearest rank, whatever the order of the values', () => {
    expect(percentile(oneToHundred, 99)).toBe(99);
    expect(percentile(oneToHundred, 100)).toBe(100);
    expect(percentile(oneToHundred, 1)).toBe(1);
  });

  it('is the greatest value where there are few', () => {
    expect(percentile([3, 1, 2], 99)).toBe(3);
  });

  it('does not exist of no values, or outside of (0, 100]', () => {
    expect(() => percentile([], 50)).toThrow(RangeError);
    expect(() => percentile([1], 0)).toThrow(RangeError);
    expect(() => percentile([1], 101)).toThrow(RangeError);
  });

  it('leaves the values as they were', () => {
    const values = [3, 1, 2];
    percentile(values, 50);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('median', () => {
  it('is the middle value of an odd number', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the middle two of an even number', () => {
    expect(median([10, 1, 4, 2])).toBe(3);
  });
});

describe('latencyOf', () => {
  it('takes median and p99 over all requests, and keeps each round', () => {
    expect(
      latencyOf([
        { latencies: [1, 2, 3], elapsed: 6 },
        { latencies: [10, 20, 30], elapsed: 60 },
      ]),
    ).toEqual({ median: 6.5, p99: 30, rounds: [2, 20], samples: 6 });
  });
});

describe('rateOf', () => {
  it('counts requests a second by the time of the round, not by the sum of latencies', () => {
    expect(
      rateOf([
        { latencies: [50, 50, 50, 50], elapsed: 100 },
        { latencies: [50, 50], elapsed: 100 },
      ]),
    ).toEqual({ median: 30, rounds: [40, 20], samples: 6 });
  });
});
