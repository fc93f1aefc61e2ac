import { blocks, database, notionId, page } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import http from 'node:http';
import { migratedDatabase } from '../database/__testUtils__/migratedDatabase';
import { NoPageForNotion, QuestionRefused } from '../source/errors';
import { ReadingUnderTest } from './__testUtils__/ReadingUnderTest';

const databases = testEngines();
const { signal } = new AbortController();

const manual = () =>
  page('Manual')
    .as('manual')
    .with(
      blocks.columns([page('In a column').as('column')], []).as('columns'),
      page('Folder').as('folder').with(page('Leaf').as('leaf')),
      database('Errors').as('errors').with(page('E1').as('e1')),
    );
const ROOT = notionId('manual');

// What Notion is asked has nothing to do with the database.
describe('what is above a page', () => {
  let knex: Knex;
  let notion: ReadingUnderTest;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, 'SQLITE_3');
  });
  beforeEach(async () => {
    notion = await ReadingUnderTest.start(knex, {
      pages: [page('Team').as('team').with(manual())],
    });
  });
  afterEach(() => notion.stop());

  const above = (key: string) =>
    notion.source.ancestorsOf(notionId(key), { signal });
  const idsAbove = async (key: string) =>
    (await above(key)).pages.map(({ id }) => id);

  it('are pages, also through blocks and databases', async () => {
    const top = [ROOT, notionId('team')];
    expect(await idsAbove('leaf')).toEqual([notionId('folder'), ...top]);
    expect(await idsAbove('column')).toEqual(top);
    expect(await idsAbove('e1')).toEqual(top);
    expect(await idsAbove('team')).toEqual([]);
    await expect(above('nowhere')).rejects.toMatchObject({
      name: 'PageNotFound',
    });
  });

  it('and pages below have a name, although they have no title', async () => {
    const { workspace } = notion.sandbox;
    for (const key of ['folder', 'leaf']) {
      workspace.edit(notionId(key), { title: ' \n' });
    }
    const { pages } = await above('leaf');
    expect(pages[0]).toEqual({ id: notionId('folder'), title: 'Untitled' });
    const { children } = await notion.source.readOutline(ROOT, { signal });
    const folder = children.find(({ id }) => id === notionId('folder'));
    expect(folder).toMatchObject({
      title: 'Untitled',
      children: [{ title: 'Untitled' }],
    });
  });

  it('ends where the integration does not see further', async () => {
    // Only what the page itself is shared with; the sandbox hides what is below an unshared page, too.
    notion.sandbox.faults.add({ path: notionId('team'), status: 404 });
    expect(await above('leaf')).toEqual({
      pages: [
        { id: notionId('folder'), title: 'Folder' },
        { id: ROOT, title: 'Manual' },
      ],
      unseen: notionId('team'),
    });
  });

  it('ends at what is in the trash, be it a page, a block or a database', async () => {
    for (const key of ['folder', 'columns', 'errors']) {
      notion.sandbox.workspace.remove(notionId(key));
    }
    expect(await above('leaf')).toEqual({ pages: [] });
    expect(await above('column')).toEqual({ pages: [] });
    expect(await above('e1')).toEqual({ pages: [] });
  });

  it.each([
    ['the page', 'leaf', 'leaf', true],
    ['a page above it', 'leaf', 'folder', false],
    ['a block above it', 'column', 'blocks/', false],
    ['a database above it', 'e1', 'databases/', false],
  ])(
    'is not known where Notion does not take the question for %s: only of the page itself that says that it is none',
    async (_what, key, asked, isNone) => {
      notion.sandbox.faults.add({
        path: asked.endsWith('/') ? asked : notionId(asked),
        status: 400,
      });
      const failure: unknown = await above(key).catch(error => error);
      expect(failure).toBeInstanceOf(QuestionRefused);
      expect(failure instanceof NoPageForNotion).toBe(isNone);
    },
  );

  it('is not known where something else than Notion answers that there is no such page, and nor is whether there is one', async () => {
    const server = http.createServer((_, res) => {
      res.writeHead(404, { 'content-type': 'text/html' }).end('No such host');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    notion.source = notion.newSource({ baseUrl: `http://127.0.0.1:${port}` });
    for (const ask of [() => above('leaf'), () => notion.read(ROOT)]) {
      const failure: unknown = await ask().catch(error => error);
      expect(failure).toBeInstanceOf(QuestionRefused);
      expect(failure).not.toBeInstanceOf(NoPageForNotion);
    }
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });
});
