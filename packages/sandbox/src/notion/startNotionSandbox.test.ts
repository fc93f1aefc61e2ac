import {
  APIErrorCode,
  APIResponseError,
  Client,
  LogLevel,
  collectPaginatedAPI,
  isFullBlock,
  isFullDatabase,
  isFullPage,
  verifyWebhookSignature,
} from '@notionhq/client';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { ManualClock } from '../http/Clock';
import {
  NotionSandbox,
  NotionSandboxOptions,
  startNotionSandbox,
} from './startNotionSandbox';
import { averageRate, windowBudget } from './RateLimits';
import {
  bulleted,
  image,
  paragraph,
  syncedBlock,
  syncedCopy,
  video,
} from './blocks';
import { database, page } from './drafts';
import { bareId, notionId } from './ids';

describe('the Notion stand-in, asked by the official SDK', () => {
  const clock = new ManualClock();
  let sandbox: NotionSandbox;
  let client: Client;

  async function start(options: NotionSandboxOptions = {}): Promise<void> {
    sandbox = await startNotionSandbox({ clock, ...options });
    // The SDK's own retries would hide what the stand-in answers.
    client = new Client({
      auth: sandbox.token,
      baseUrl: sandbox.url,
      retry: false,
      logLevel: LogLevel.ERROR,
    });
  }

  afterEach(() => sandbox.stop());

  const root = () =>
    page('Root')
      .as('root')
      .with(
        paragraph('Hello ').as('hello'),
        page('Child').as('child').with(paragraph('x').as('x')),
      );

  async function failure(call: Promise<unknown>): Promise<APIResponseError> {
    const error = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof APIResponseError))
      throw error ?? new Error('No refusal');
    return error;
  }

  async function firstBlock(pageId: string) {
    const { results } = await client.blocks.children.list({ block_id: pageId });
    const [block] = results.filter(isFullBlock);
    return block;
  }

  async function fileUrl(blockId: string): Promise<string> {
    const block = await client.blocks.retrieve({ block_id: blockId });
    if (!isFullBlock(block)) throw new Error('Partial block');
    const medium =
      (block.type === 'image' && block.image) ||
      (block.type === 'video' && block.video);
    if (!medium || medium.type !== 'file')
      throw new Error(`No file: ${block.type}`);
    return medium.file.url;
  }

  describe('ids', () => {
    it.each([
      ['dashed', notionId('child')],
      ['bare', bareId(notionId('child'))],
      ['upper case', notionId('child').toUpperCase()],
    ])('are taken %s, and answered dashed in lower case', async (_form, id) => {
      await start({ pages: [root()] });
      const found = await client.pages.retrieve({ page_id: id });
      expect(found.id).toBe(notionId('child'));
    });

    it('that are malformed are a validation error with a request id', async () => {
      await start();
      const error = await failure(client.pages.retrieve({ page_id: 'None' }));
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
      await start({
        pages: [
          page('Long')
            .as('long')
            .with(...items),
        ],
      });
      const blocks = await collectPaginatedAPI(client.blocks.children.list, {
        block_id: notionId('long'),
      });
      const texts = blocks
        .filter(isFullBlock)
        .map(
          each =>
            each.type === 'bulleted_list_item' &&
            each.bulleted_list_item.rich_text[0].plain_text,
        );
      expect(texts).toEqual(items.map((_, index) => String(index)));
      expect(sandbox.log.calls).toHaveLength(3);
      expect(sandbox.log.repeated().size).toBe(0);
    });

    it('refuses more than a hundred, and a cursor that is none', async () => {
      await start({ pages: [root()] });
      const list = (more: object) =>
        client.blocks.children.list({ block_id: notionId('root'), ...more });
      expect((await failure(list({ page_size: 101 }))).code).toBe(
        'validation_error',
      );
      expect(
        (await failure(list({ start_cursor: notionId('nowhere') }))).code,
      ).toBe('validation_error');
    });

    it('says of each block whether it has children', async () => {
      await start({ pages: [root()] });
      const { results } = await client.blocks.children.list({
        block_id: notionId('root'),
      });
      expect(
        results.filter(isFullBlock).map(each => each.has_children),
      ).toEqual([false, true]);
    });
  });

  describe('limits', () => {
    it('lets a burst pass, then three a second on average, and says when to come back', async () => {
      await start({ limits: [averageRate({ perSecond: 3, burst: 2 })] });
      await client.users.me({});
      await client.users.me({});
      const error = await failure(client.users.me({}));
      expect(error.code).toBe(APIErrorCode.RateLimited);
      expect(new Headers(error.headers as HeadersInit).get('retry-after')).toBe(
        '1',
      );
      clock.advance(1000);
      await client.users.me({});
      await client.users.me({});
      expect((await failure(client.users.me({}))).status).toBe(429);
    });

    it('lets a window have its budget at once, and no more until it ends', async () => {
      await start({ limits: [windowBudget({ calls: 3, windowMs: 60_000 })] });
      await Promise.all([1, 2, 3].map(() => client.users.me({})));
      clock.advance(20_000);
      const error = await failure(client.users.me({}));
      expect(new Headers(error.headers as HeadersInit).get('retry-after')).toBe(
        '40',
      );
      clock.advance(40_000);
      await client.users.me({});
    });

    it('is waited for by the SDK itself, by Retry-After', async () => {
      await start({
        faults: [{ status: 429, retryAfterSeconds: 0, times: 1 }],
      });
      const retrying = new Client({
        auth: sandbox.token,
        baseUrl: sandbox.url,
        logLevel: LogLevel.ERROR,
      });
      await retrying.users.me({});
      expect(sandbox.log.calls.map(call => call.status)).toEqual([429, 200]);
    });
  });

  describe('refusals', () => {
    it('answers a wrong token with 401', async () => {
      await start();
      const stranger = new Client({
        auth: 'ntn_other',
        baseUrl: sandbox.url,
        retry: false,
        logLevel: LogLevel.ERROR,
      });
      expect((await failure(stranger.users.me({}))).code).toBe(
        APIErrorCode.Unauthorized,
      );
    });

    it('finds nothing that is not shared, nor what is below it', async () => {
      await start({ pages: [root()] });
      sandbox.workspace.unshare(notionId('child'));
      const page404 = await failure(
        client.pages.retrieve({ page_id: notionId('child') }),
      );
      expect(page404.code).toBe(APIErrorCode.ObjectNotFound);
      expect(page404.message).toContain(notionId('child'));
      expect(
        (await failure(client.blocks.retrieve({ block_id: notionId('x') })))
          .status,
      ).toBe(404);
    });

    it('tells a page from a database', async () => {
      await start({ pages: [page('P').as('p').with(database('D').as('d'))] });
      const error = await failure(
        client.pages.retrieve({ page_id: notionId('d') }),
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
        await start({
          pages: [root()],
          faults: [{ path: '/blocks/', status, times: 1 }],
        });
        await client.pages.retrieve({ page_id: notionId('root') });
        const list = () =>
          client.blocks.children.list({ block_id: notionId('root') });
        const error = await failure(list());
        expect([error.status, error.code]).toEqual([status, code]);
        await list();
      },
    );

    it.each(['before', 'midway'] as const)(
      'cuts the connection %s the answer',
      async cut => {
        await start({ faults: [{ cut, times: 1 }] });
        const error: unknown = await client.users
          .me({})
          .catch((reason: unknown) => reason);
        expect(error).toMatchObject({ name: 'TypeError' });
      },
    );

    it('is slow when told to be', async () => {
      await start({ faults: [{ delayMs: 5_000 }] });
      const hasty = new Client({
        auth: sandbox.token,
        baseUrl: sandbox.url,
        timeoutMs: 50,
        retry: false,
        logLevel: LogLevel.ERROR,
      });
      await expect(hasty.users.me({})).rejects.toThrow('timed out');
    });
  });

  describe('media', () => {
    it('are served for an hour, then need a new URL from the block', async () => {
      await start({
        pages: [page('M').as('m').with(image('console.png').as('picture'))],
      });
      const url = await fileUrl(notionId('picture'));
      clock.advance(3_599_000);
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
      expect(bytes.subarray(1, 4).toString()).toBe('PNG');
      clock.advance(1_000);
      expect((await fetch(url)).status).toBe(403);
      const renewed = await fileUrl(notionId('picture'));
      expect(renewed).not.toBe(url);
      expect((await fetch(renewed)).status).toBe(200);
    });

    it('are refused when the signature is not theirs', async () => {
      await start({
        pages: [page('M').as('m').with(image('photo.jpg').as('picture'))],
      });
      const url = await fileUrl(notionId('picture'));
      expect(
        (await fetch(url.replace('photo.jpg', 'console.png'))).status,
      ).toBe(403);
    });

    it('can claim to be huge', async () => {
      await start({
        pages: [page('M').as('m').with(video('huge.mp4').as('film'))],
      });
      const response = await fetch(await fileUrl(notionId('film')));
      expect(response.headers.get('content-length')).toBe(
        String(5 * 1024 ** 3),
      );
      await expect(response.arrayBuffer()).rejects.toThrow();
    });
  });

  describe('edits', () => {
    const editedTimes = async () =>
      Promise.all(
        ['root', 'child'].map(async key => {
          const found = await client.pages.retrieve({ page_id: notionId(key) });
          if (!isFullPage(found)) throw new Error('Partial page');
          return found.last_edited_time;
        }),
      );

    it('show on their page and not on the one above, rounded down to the minute', async () => {
      await start({ pages: [root()] });
      const [rootBefore, childBefore] = await editedTimes();
      expect(childBefore).toMatch(/:00\.000Z$/);
      clock.advance(61_000);
      sandbox.workspace.edit(notionId('child'), {
        append: [paragraph('More')],
      });
      const [rootAfter, childAfter] = await editedTimes();
      expect(rootAfter).toBe(rootBefore);
      expect(Date.parse(childAfter)).toBeGreaterThan(Date.parse(childBefore));
      expect(Date.parse(childAfter) % 60_000).toBe(0);
    });

    it('replace the text of a block, which keeps its id', async () => {
      await start({ pages: [root()] });
      sandbox.workspace.edit(notionId('root'), {
        replace: { blockId: notionId('hello'), with: paragraph('Bye') },
      });
      const block = await firstBlock(notionId('root'));
      expect(block).toMatchObject({
        id: notionId('hello'),
        paragraph: { rich_text: [{ plain_text: 'Bye' }] },
      });
    });

    it('move a page, with what is below it', async () => {
      await start({ pages: [root(), page('Other').as('other')] });
      sandbox.workspace.move(notionId('child'), notionId('other'));
      const moved = await client.pages.retrieve({ page_id: notionId('child') });
      expect(moved).toMatchObject({
        parent: { type: 'page_id', page_id: notionId('other') },
      });
      expect((await firstBlock(notionId('other'))).id).toBe(notionId('child'));
      expect(() =>
        sandbox.workspace.move(notionId('other'), notionId('child')),
      ).toThrow('into itself');
    });

    it('remove a page: it is listed no more, and is in the trash', async () => {
      await start({ pages: [root()] });
      sandbox.workspace.remove(notionId('child'));
      const { results } = await client.blocks.children.list({
        block_id: notionId('root'),
      });
      expect(results.map(each => each.id)).toEqual([notionId('hello')]);
      expect(
        await client.pages.retrieve({ page_id: notionId('child') }),
      ).toMatchObject({ in_trash: true });
    });
  });

  it('lists the children of a synced block at its copies, while the source can be reached', async () => {
    await start({
      pages: [
        page('A')
          .as('a')
          .with(syncedBlock().as('source').with(paragraph('Once').as('once'))),
        page('B')
          .as('b')
          .with(syncedCopy(notionId('source')).as('copy')),
      ],
    });
    const copy = await firstBlock(notionId('b'));
    expect(copy).toMatchObject({
      has_children: true,
      synced_block: { synced_from: { block_id: notionId('source') } },
    });
    expect((await firstBlock(notionId('copy'))).id).toBe(notionId('once'));
    sandbox.workspace.unshare(notionId('a'));
    const error = await failure(
      client.blocks.children.list({ block_id: notionId('copy') }),
    );
    expect(error.code).toBe(APIErrorCode.ObjectNotFound);
  });

  it('finds the rows of a child database by its data source', async () => {
    await start({
      pages: [
        page('P')
          .as('p')
          .with(
            database('Errors').as('d').with(page('E1').as('e1'), page('E2')),
          ),
      ],
    });
    const found = await client.databases.retrieve({
      database_id: notionId('d'),
    });
    if (!isFullDatabase(found)) throw new Error('Partial database');
    const [{ id }] = found.data_sources;
    const rows = await client.dataSources.query({
      data_source_id: id,
      page_size: 1,
    });
    expect(rows.results.map(row => row.id)).toEqual([notionId('e1')]);
    expect(rows.has_more).toBe(true);
    const source = await client.dataSources.retrieve({ data_source_id: id });
    expect(source.properties.Name.type).toBe('title');
  });

  it('searches by title, pages or data sources', async () => {
    await start({ pages: [root().with(database('Child errors').as('d'))] });
    const titled = await client.search({ query: 'child' });
    expect(titled.results.map(each => each.object).sort()).toEqual([
      'data_source',
      'page',
    ]);
    const pages = await client.search({
      query: 'child',
      filter: { property: 'object', value: 'page' },
    });
    expect(pages.results.map(each => each.id)).toEqual([notionId('child')]);
  });

  it('signs webhooks so that the SDK verifies them', async () => {
    await start({ pages: [root()] });
    const received: Array<{ body: string; signature: string | undefined }> = [];
    const receiver = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', chunk => chunks.push(chunk));
      req.on('end', () => {
        const signature = req.headers['x-notion-signature'];
        received.push({
          body: Buffer.concat(chunks).toString(),
          signature: [signature].flat()[0],
        });
        res.end('ok');
      });
    });
    await new Promise<void>(resolve => {
      receiver.listen(0, '127.0.0.1', resolve);
    });
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    try {
      await sandbox.sendVerification(url);
      const event = sandbox.pageEvent('page.content_updated', notionId('root'));
      expect(await sandbox.sendWebhook(url, event)).toEqual({
        status: 200,
        body: 'ok',
      });
    } finally {
      await new Promise(resolve => {
        receiver.close(resolve);
        receiver.closeAllConnections();
      });
    }
    const [handshake, delivery] = received;
    expect(handshake.signature).toBeUndefined();
    const { verification_token: verificationToken } = JSON.parse(
      handshake.body,
    );
    expect(
      await verifyWebhookSignature({ ...delivery, verificationToken }),
    ).toBe(true);
    expect(
      await verifyWebhookSignature({
        ...delivery,
        body: `${delivery.body} `,
        verificationToken,
      }),
    ).toBe(false);
  });

  it('serves API versions before 2025-09-03 a query of the database itself', async () => {
    await start({
      pages: [
        page('P')
          .as('p')
          .with(database('D').as('d').with(page('E1').as('e1'))),
      ],
    });
    const query = (version: string) =>
      new Client({
        auth: sandbox.token,
        baseUrl: sandbox.url,
        retry: false,
        logLevel: LogLevel.ERROR,
        notionVersion: version,
      }).request<{
        results: Array<{ id: string }>;
      }>({ method: 'post', path: `databases/${notionId('d')}/query` });
    expect((await query('2022-06-28')).results[0].id).toBe(notionId('e1'));
    expect((await failure(query('2025-09-03'))).code).toBe(
      'invalid_request_url',
    );
  });
});
