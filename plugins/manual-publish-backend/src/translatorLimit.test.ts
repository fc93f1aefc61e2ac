import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();

// How many calls are under way has nothing to do with the database.
describe('calls of the translator', () => {
  let manuals: SmallManuals;
  beforeAll(async () => {
    manuals = await startSmallManuals(databases, 'SQLITE_3', {
      manualPublish: { translation: { concurrency: 1 } },
    });
  });
  afterAll(() => manuals.stop());

  it('are no more at a time than configured, however many jobs run', async () => {
    const { openAi } = manuals.sandbox;
    openAi.faults.add({ delayMs: 400 });
    const orders = [1, 2, 3].map(() => ({
      ...manuals.manual().order,
      target_languages: ['ko', 'ja'],
    }));
    let most = 0;
    const looking = setInterval(() => {
      const underWay = openAi.log.calls.filter(
        ({ status }) => status === undefined,
      );
      most = Math.max(most, underWay.length);
    }, 5);
    const jobs = await Promise.all(orders.map(each => manuals.publish(each)));
    clearInterval(looking);
    expect(jobs.map(({ status }) => status)).toEqual(
      Array(3).fill('COMPLETED'),
    );
    expect(openAi.log.calls.length).toBeGreaterThanOrEqual(6);
    expect(most).toBe(1);
  });
});
