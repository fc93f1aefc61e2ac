import { pollDelay } from './pollDelay';

describe('pollDelay', () => {
  it('spreads by a fifth to either side', () => {
    expect([pollDelay(0, 0), pollDelay(0, 1)]).toEqual([4_000, 6_000]);
  });

  it('doubles with each failure, up to a minute', () => {
    expect([0, 1, 2, 3, 4, 99].map(n => pollDelay(n, 0.5))).toEqual([
      5_000, 10_000, 20_000, 40_000, 60_000, 60_000,
    ]);
  });
});
