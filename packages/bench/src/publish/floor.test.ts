import { floorMs } from './floor';

describe('floorMs', () => {
  const rate = {
    limit: 'rate',
    perSecond: 3,
    burst: 10,
    latencyMs: 200,
  } as const;
  const window = {
    limit: 'window',
    calls: 180,
    windowMs: 60_000,
    latencyMs: 200,
  } as const;

  it('of a rate is the time in which the calls beyond the burst are earned, and one answer', () => {
    expect(floorMs(70, 5, rate)).toBe(20_200);
  });

  it('is never less than a chain of calls takes', () => {
    expect(floorMs(10, 7, rate)).toBe(1_400);
    expect(floorMs(10, 7, window)).toBe(1_400);
  });

  it.each([
    [180, 1_000],
    [181, 60_200],
    [360, 60_200],
    [361, 120_200],
  ])(
    'of a budget waits for the window in which call %d is let through',
    (calls, ms) => {
      expect(floorMs(calls, 5, window)).toBe(ms);
    },
  );
});
