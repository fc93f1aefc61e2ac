import { averageRate, windowBudget } from '@herald/sandbox';
import fc from 'fast-check';
import { simulateCalls } from './__testUtils__/simulateCalls';

const LATENCY_MS = 200;

/** What nobody can be faster than: the calls beyond the burst have to be earned first. */
function floorOfRate(calls: number, perSecond: number, burst: number): number {
  return ((calls - burst) / perSecond) * 1000 + LATENCY_MS;
}

describe('The pace of calls', () => {
  it('keeps within five percent of the floor at three calls a second with bursts of ten', async () => {
    const { durationMs, refused, startedTooEarly } = await simulateCalls({
      calls: 246,
      limits: [averageRate({ perSecond: 3, burst: 10 })],
      latencyMs: LATENCY_MS,
    });
    expect(durationMs).toBeLessThan(1.05 * floorOfRate(246, 3, 10));
    expect(refused).toBeLessThanOrEqual(25);
    expect(startedTooEarly).toBe(0);
  });

  it('spends a budget at once where the calls fit in', async () => {
    const { durationMs, refused } = await simulateCalls({
      calls: 160,
      limits: [windowBudget({ calls: 180, windowMs: 60_000 })],
      latencyMs: LATENCY_MS,
    });
    expect(durationMs).toBeLessThan(1.5 * 3700);
    expect(refused).toBe(0);
  });

  it('spends each new budget at once where the calls take several', async () => {
    const { durationMs, refused } = await simulateCalls({
      calls: 800,
      limits: [windowBudget({ calls: 180, windowMs: 60_000 })],
      latencyMs: LATENCY_MS,
    });
    // Four windows have to pass, and what is left takes a moment.
    expect(durationMs).toBeLessThan(4 * 60_000 + 4000);
    // Only the first one is run into at full speed.
    expect(refused).toBeLessThanOrEqual(20);
  });

  it('finds out that more is let through than Notion documents', async () => {
    const { durationMs } = await simulateCalls({
      calls: 1000,
      limits: [averageRate({ perSecond: 10, burst: 10 })],
      latencyMs: LATENCY_MS,
    });
    expect(durationMs).toBeLessThan(1.1 * floorOfRate(1000, 10, 10));
  });

  it('holds for a rate and a budget together', async () => {
    const { durationMs } = await simulateCalls({
      calls: 400,
      limits: [
        averageRate({ perSecond: 3, burst: 10 }),
        windowBudget({ calls: 180, windowMs: 60_000 }),
      ],
      latencyMs: LATENCY_MS,
    });
    expect(durationMs).toBeLessThan(1.05 * floorOfRate(400, 3, 10));
  });

  it('makes every call, never while it is asked to wait, and close to the floor, whatever the rate', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          calls: fc.integer({ min: 50, max: 400 }),
          perSecond: fc.integer({ min: 1, max: 12 }),
          burst: fc.integer({ min: 10, max: 40 }),
          unlocks: fc.integer({ min: 2, max: 40 }),
          jitterMs: fc.integer({ min: 0, max: 80 }),
        }),
        async ({ calls, perSecond, burst, unlocks, jitterMs }) => {
          const result = await simulateCalls({
            calls,
            unlocks,
            limits: [averageRate({ perSecond, burst })],
            latencyMs: LATENCY_MS,
            onTheWayMs: call => (jitterMs * ((call * 7919) % 101)) / 101,
          });
          expect(result.letThrough).toBe(calls);
          expect(result.startedTooEarly).toBe(0);
          // To learn a rate takes some seconds, and to find the first calls some rounds.
          const floor = Math.max(0, floorOfRate(calls, perSecond, burst));
          expect(result.durationMs).toBeLessThan(1.1 * floor + 10_000);
          expect(result.refused).toBeLessThan(20 + 0.3 * calls);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('makes every call, and wastes no window, whatever the budget', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          calls: fc.integer({ min: 50, max: 400 }),
          budget: fc.integer({ min: 20, max: 200 }),
          windowS: fc.integer({ min: 10, max: 120 }),
        }),
        async ({ calls, budget, windowS }) => {
          const result = await simulateCalls({
            calls,
            limits: [windowBudget({ calls: budget, windowMs: windowS * 1000 })],
            latencyMs: LATENCY_MS,
          });
          expect(result.letThrough).toBe(calls);
          expect(result.startedTooEarly).toBe(0);
          const windows = Math.ceil(calls / budget) - 1;
          const spending = (Math.min(calls, budget) / 16) * LATENCY_MS + 3000;
          expect(result.durationMs).toBeLessThan(
            windows * (windowS * 1000 + 1500) + spending,
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
