import {
  APIErrorCode,
  Client,
  LogLevel,
  collectPaginatedAPI,
  isFullBlock,
  isFullDatabase,
} from '@notionhq/client';
import {
  NotionUnderTest,
  failure,
  rootPage,
} from '../__testUtils__/NotionUnderTest';
import { bulleted } from './blocks';
import { database, page } from './drafts';
import { bareId, notionId } from './ids';

describe('the Notion stand-in, asked by the official SDK', () => {
  const notion = new NotionUnderTest();
  afterEach(() => notion.stop());

  describe('ids', () => {
    it.each([
      ['dashed', notionId('child')],
      ['bare', bareId(notionId('child'))],
      ['upper case', notionId('child').toUpperCase()],
    ])('are taken %s, and answered dashed in lower case', async (_form, id) => {
      await notion.start({ pages: [rootPage()] });
      const found = await notion.client.pages.retrieve({ page_id: id });
      expect(found.id).toBe(notionId('child'));
    });

    it('that are malformed are a validation error with a request id', async () => {
      await notion.start();
      const error = await failure(
        notion.client.pages.retrieve({ page_id: 'None' }),
      );
      expect(error.status).toBe(400);
      expect(error.code).toBe(APIErrorCode.ValidationError);
      expect(error.message).toContain('path.page_id should be a valid uuid');
      expect(error.request_id).toMatch(/^[0-9a-f-]{36}$/);
    });
  });

  describe('paging', () => {
    it('lists every child once and in order, a hundred at a time', async () => {
      const items = Array.from({ length: 205 }, (_, index) =>
        bulleted(String(index)),
      );
      await notion.start({
        pages: [
          page('Long')
            .as('long')
            .with(...items),
        ],
      });
      const blocks = await collectPaginatedAPI(
        notion.client.blocks.children.list,
        {
          block_id: notionId('long'),
        },
      );
      const texts = blocks
        .filter(isFullBlock)
        .map(
          each =>
            each.type === 'bulleted_list_item' &&
            each.bulleted_list_item.rich_text[0].plain_text,
        );
      expect(texts).toEqual(items.map((_, index) => String(index)));
      expect(notion.sandbox.log.calls).toHaveLength(3);
      expect(notion.sandbox.log.repeated().size).toBe(0);
    });

    it('refuses more than a hundred, and a cursor that is none', async () => {
      await notion.start({ pages: [rootPage()] });
      const list = (more: object) =>
        notion.client.blocks.children.list({
          block_id: notionId('root'),
          ...more,
        });
      expect((await failure(list({ page_size: 101 }))).code).toBe(
        'validation_error',
      );
      expect(
        (await failure(list({ start_cursor: notionId('nowhere') }))).code,
      ).toBe('validation_error');
    });

    it('says of each block whether it has children', async () => {
      await notion.start({ pages: [rootPage()] });
      const { results } = await notion.client.blocks.children.list({
        block_id: notionId('root'),
      });
      expect(
        results.filter(isFullBlock).map(each => each.has_children),
      ).toEqual([false, true]);
    });
  });

  describe('refusals', () => {
    it('answers a wrong token with 401', async () => {
      await notion.start();
      const stranger = new Client({
        auth: 'ntn_other',
        baseUrl: notion.sandbox.url,
        retry: false,
        logLevel: LogLevel.ERROR,
      });
      expect((await failure(stranger.users.me({}))).code).toBe(
        APIErrorCode.Unauthorized,
      );
    });

    it('finds nothing that is not shared, nor what is below it', async () => {
      await notion.start({ pages: [rootPage()] });
      notion.sandbox.workspace.unshare(notionId('child'));
      const page404 = await failure(
        notion.client.pages.retrieve({ page_id: notionId('child') }),
      );
      expect(page404.code).toBe(APIErrorCode.ObjectNotFound);
      expect(page404.message).toContain(notionId('child'));
      expect(
        (
          await failure(
            notion.client.blocks.retrieve({ block_id: notionId('x') }),
          )
        ).status,
      ).toBe(404);
    });

    it('tells a page from a database', async () => {
      await notion.start({
        pages: [page('P').as('p').with(database('D').as('d'))],
      });
      const error = await failure(
        notion.client.pages.retrieve({ page_id: notionId('d') }),
      );
      expect(error.code).toBe('validation_error');
    });

    it.each([
      [500, 'internal_server_error'],
      [503, 'service_unavailable'],
      [529, 'service_overload'],
    ])(
      'answers an injected %i as %s, on the path it is for, as often as was said',
      async (status, code) => {
        await notion.start({
          pages: [rootPage()],
          faults: [{ path: '/blocks/', status, times: 1 }],
        });
        await notion.client.pages.retrieve({ page_id: notionId('root') });
        const list = () =>
          notion.client.blocks.children.list({ block_id: notionId('root') });
        const error = await failure(list());
        expect([error.status, error.code]).toEqual([status, code]);
        await list();
      },
    );

    it.each(['before', 'midway'] as const)(
      'cuts the connection %s the answer',
      async cut => {
        await notion.start({ faults: [{ cut, times: 1 }] });
        const error: unknown = await notion.client.users
          .me({})
          .catch((reason: unknown) => reason);
        expect(error).toMatchObject({ name: 'TypeError' });
      },
    );

    it('takes its latency for every answer', async () => {
      await notion.start({ latencyMs: 60 });
      const before = performance.now();
      await notion.client.users.me({});
      expect(performance.now() - before).toBeGreaterThanOrEqual(55);
    });

    it('is slow when told to be', async () => {
      await notion.start({ faults: [{ delayMs: 5_000 }] });
      const hasty = notion.clientFor(notion.sandbox, {
        timeoutMs: 50,
        retry: false,
        logLevel: LogLevel.ERROR,
      });
      await expect(hasty.users.me({})).rejects.toThrow('timed out');
    });
  });

  it('finds the rows of a child database by its data source', async () => {
    await notion.start({
      pages: [
        page('P')
          .as('p')
          .with(
            database('Errors').as('d').with(page('E1').as('e1'), page('E2')),
          ),
      ],
    });
    const found = await notion.client.databases.retrieve({
      database_id: notionId('d'),
    });
    if (!isFullDatabase(found)) throw new Error('Partial database');
    const [{ id }] = found.data_sources;
    const rows = await notion.client.dataSources.query({
      data_source_id: id,
      page_size: 1,
    });
    expect(rows.results.map(row => row.id)).toEqual([notionId('e1')]);
    expect(rows.has_more).toBe(true);
    const source = await notion.client.dataSources.retrieve({
      data_source_id: id,
    });
    expect(source.properties.Name.type).toBe('title');
  });

  it('searches by title, pages or data sources', async () => {
    await notion.start({
      pages: [rootPage().with(database('Child errors').as('d'))],
    });
    const titled = await notion.client.search({ query: 'child' });
    expect(titled.results.map(each => each.object).sort()).toEqual([
      'data_source',
      'page',
    ]);
    const pages = await notion.client.search({
      query: 'child',
      filter: { property: 'object', value: 'page' },
    });
    expect(pages.results.map(each => each.id)).toEqual([notionId('child')]);
  });

  it('serves API versions before 2025-09-03 a query of the database itself', async () => {
    await notion.start({
      pages: [
        page('P')
          .as('p')
          .with(database('D').as('d').with(page('E1').as('e1'))),
      ],
    });
    const query = (version: string) =>
      notion.clientFor(notion.sandbox, { notionVersion: version }).request<{
        results: Array<{ id: string }>;
      }>({ method: 'post', path: `databases/${notionId('d')}/query` });
    expect((await query('2022-06-28')).results[0].id).toBe(notionId('e1'));
    expect((await failure(query('2025-09-03'))).code).toBe(
      'invalid_request_url',
    );
  });
});
