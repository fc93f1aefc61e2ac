import { testEngines } from '@herald/test-utils';
import { startManualPublish } from './__testUtils__/startManualPublish';

const databases = testEngines();
const ROOT = '11111111111111111111111111111111';

describe('a solution that there is not', () => {
  it('is 404 everywhere, and named by what the caller gave', async () => {
    const portal = await startManualPublish(databases, 'SQLITE_3', {
      manualPublish: { solutions: [{ name: 'ZCP', rootPageId: ROOT }] },
    });
    const is = "there is no solution 'nope'; there is ZCP";
    const order = { notion_page_id: ROOT, selected_solution: 'nope' };
    const answers = [
      [await portal.get('/jobs?solution=nope'), 'Parameter solution'],
      [
        await portal.get('/manuals?selected_solution=nope'),
        'Parameter selected_solution',
      ],
      [await portal.post('/publish', order), 'Field selected_solution'],
    ] as const;
    for (const [{ status, body }, place] of answers) {
      expect([status, body.error.message]).toEqual([404, `${place}: ${is}`]);
    }
    await portal.stop();
  });
});
