import { JsonObject } from '@backstage/types';
import { testEngines } from '@herald/test-utils';
import { startManualPublish } from './__testUtils__/startManualPublish';

const databases = testEngines();
const ROOT = '1'.repeat(32);

const WHOLE = {
  solutions: [{ name: 'ZCP', rootPageId: ROOT }],
  notion: { token: 'ntn_x' },
  openai: { apiKey: 'sk-x' },
  repository: { url: 'https://git.invalid/docs.git' },
};

// What is configured has nothing to do with the database.
describe('a portal whose configuration lacks something', () => {
  it.each<[string, JsonObject]>([
    ['manualPublish.notion.token', { notion: {} }],
    ['manualPublish.openai.apiKey', { openai: {} }],
    ['manualPublish.repository.url', { repository: { branch: 'main' } }],
  ])('answers 503, and names %s alone: %j', async (key, manualPublish) => {
    const portal = await startManualPublish(databases, 'SQLITE_3', {
      manualPublish: { ...WHOLE, ...manualPublish },
    });
    const order = { notion_page_id: ROOT, selected_solution: 'ZCP' };
    for (const body of [order, { ...order, dry_run: true }]) {
      const answer = await portal.post('/publish', body).expect(503);
      expect(answer.body.error.message.match(/manualPublish\.[\w.]+/g)).toEqual(
        [key],
      );
    }
    const { body } = await portal.get('/jobs').expect(200);
    expect(body.jobs).toEqual([]);
    await portal.stop();
  });

  it('answers 503 for the manuals without a token of Notion, and names it', async () => {
    const portal = await startManualPublish(databases, 'SQLITE_3', {
      manualPublish: { ...WHOLE, notion: {} },
    });
    const { body } = await portal.get('/manuals').expect(503);
    expect(body.error.message).toContain('manualPublish.notion.token');
    await portal.stop();
  });
});
