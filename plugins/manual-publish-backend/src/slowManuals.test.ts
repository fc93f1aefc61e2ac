import { testEngines } from '@herald/test-utils';
import {
  SmallManuals,
  startSmallManuals,
  until,
} from './__testUtils__/smallManuals';

const databases = testEngines();

// How long somebody waits for Notion has nothing to do with the database.
describe('manuals of a Notion that takes its time', () => {
  let manuals: SmallManuals;
  beforeAll(async () => {
    manuals = await startSmallManuals(databases, 'SQLITE_3');
  });
  afterAll(() => manuals.stop());

  it('are answered as being read, and are there for who asks again', async () => {
    const manual = manuals.manual();
    const { faults } = manuals.sandbox.notion;
    faults.add({ path: `/pages/${manual.id()}`, times: 1, delayMs: 7_000 });
    const look = async () => {
      const url = `/manuals?selected_solution=${manual.solution}`;
      return (await manuals.get(url).expect(200)).body;
    };
    const from = performance.now();
    expect(await look()).toEqual({
      manuals: [],
      solutions: [{ name: manual.solution, read_at: null, refreshing: true }],
    });
    expect(performance.now() - from).toBeLessThan(6_500);
    await until(async () => !(await look()).solutions[0].refreshing);
    const { manuals: pages, solutions } = await look();
    expect(pages).toHaveLength(4);
    expect(solutions[0].read_at).toEqual(expect.any(String));
  });
});
