import { testEngines } from '@herald/test-utils';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { startManualPublish } from './__testUtils__/startManualPublish';

const databases = testEngines();

// What is asked of Notion has nothing to do with the database.
describe('the version of Notion’s API', () => {
  it.each([
    [
      'is the one that is configured',
      { version: '2026-03-11' },
      /^2026-03-11$/,
    ],
    ['is the client’s own otherwise', {}, /^20\d\d-\d\d-\d\d$/],
  ])('%s', async (_name, version, expected) => {
    const versions: unknown[] = [];
    const notion = createServer((req, res) => {
      versions.push(req.headers['notion-version']);
      res
        .writeHead(404, { 'Content-Type': 'application/json' })
        .end(
          '{"object":"error","status":404,"code":"object_not_found","message":"none"}',
        );
    }).listen(0, '127.0.0.1');
    await once(notion, 'listening');
    const { port } = notion.address() as AddressInfo;
    const portal = await startManualPublish(databases, 'SQLITE_3', {
      manualPublish: {
        solutions: [{ name: 'ZCP', rootPageId: '1'.repeat(32) }],
        notion: {
          token: 'ntn_x',
          baseUrl: `http://127.0.0.1:${port}`,
          ...version,
        },
      },
    });
    await portal.get('/manuals').expect(404);
    expect(versions).toEqual([expect.stringMatching(expected)]);
    await portal.stop();
    notion.close();
  });
});
