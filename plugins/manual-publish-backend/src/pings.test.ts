import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();
jest.setTimeout(30_000);

const PING_MS = 25_000;

// Nothing of it is in the database. A job that takes so long would make the test take so long, so the clock is struck by hand.
describe('a stream on which nothing happens', () => {
  const clocks = jest.spyOn(global, 'setInterval');
  let manuals: SmallManuals;

  beforeAll(async () => {
    manuals = await startSmallManuals(databases, 'SQLITE_3');
  });
  afterAll(() => manuals.stop());

  it('is pinged, each that is open', async () => {
    const pings = clocks.mock.calls.filter(([, ms]) => ms === PING_MS);
    expect(pings).toHaveLength(1);
    manuals.sandbox.openAi.faults.add({ delayMs: 3_000, times: 1 });
    const id = await manuals.ask(manuals.manual().order);
    const streams = [await manuals.watch(id), await manuals.watch(id)];
    await Promise.all(streams.map(stream => stream.until(() => true)));
    pings.forEach(([strike]) => strike());
    for (const stream of streams) {
      const { data, id: number } = await stream.until(
        ({ event }) => event === 'ping',
      );
      // Without a number: who comes back goes on after what happened last.
      expect({ data, number }).toEqual({ data: 'ping', number: undefined });
    }
    await Promise.all(streams.map(({ ended }) => ended));
  });
});
