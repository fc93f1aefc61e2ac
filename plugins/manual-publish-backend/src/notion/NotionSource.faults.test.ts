import {
  NotionSandboxOptions,
  blocks,
  database,
  notionId,
  page,
} from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { migrationConfig } from '../database/migrate';
import {
  ReadingUnderTest,
  textOf,
  titlesOf,
} from './__testUtils__/ReadingUnderTest';
import { generateTree, pageKey } from './__testUtils__/benchTree';

const databases = testEngines();
const { paragraph } = blocks;
const tree = generateTree({ pages: 9, parentBlocks: 30 });
const ROOT = tree.rootId;
const SECRET = 'ntn_very_secret';

describe.each(databases.eachSupportedId())(
  'NotionSource under faults on %s',
  engine => {
    let knex: Knex;
    let notion: ReadingUnderTest;

    beforeAll(async () => {
      knex = await databases.init(engine);
      await knex.migrate.latest(migrationConfig);
    });
    afterEach(async () => {
      await notion.sandbox.stop();
      await knex('herald_page_snapshot').delete();
      await knex('herald_snapshot_part').delete();
    });

    const start = async (options: NotionSandboxOptions = {}) => {
      notion = await ReadingUnderTest.start(knex, {
        pages: [tree.root],
        ...options,
      });
    };

    /** What the calls of a reading that went well were, beside those that failed. */
    const readAll = async () => {
      const { tree: read } = await notion.read(ROOT);
      return {
        pages: titlesOf(read).length,
        repeated: notion.sandbox.log.repeated().size,
      };
    };
    const ALL = { pages: 9, repeated: 0 };

    it.each([429, 529])('waits as told by a storm of %d', async status => {
      await start();
      notion.sandbox.faults.add({ status, retryAfterSeconds: 0, times: 12 });
      expect(await readAll()).toEqual(ALL);
    });

    it('keeps all calls back while Notion asks to wait', async () => {
      await start();
      const strike = { status: 429, retryAfterSeconds: 1 };
      notion.sandbox.faults.add({ ...strike, path: '/children', times: 1 });
      const moments: { at: number; status?: number }[] = [];
      const from = performance.now();
      await notion.read(ROOT, {
        onCall: () => moments.push({ at: performance.now() - from }),
      });
      const gap = Math.max(
        ...moments.slice(1).map(({ at }, index) => at - moments[index].at),
      );
      expect(gap).toBeGreaterThan(900);
    });

    it.each([
      ['failures of Notion', { status: 502 }],
      [
        'a database of Notion that is away',
        { status: 503, retryAfterSeconds: 0 },
      ],
      ['conflicts', { status: 409 }],
      ['connections that are closed', { cut: 'before' as const }],
      ['answers that are cut in the middle', { cut: 'midway' as const }],
    ])('tries again after %s', async (_, fault) => {
      await start();
      notion.sandbox.faults.add({ ...fault, times: 3 });
      expect(await readAll()).toEqual(ALL);
    });

    it('does not wait for ever for an answer', async () => {
      await start();
      notion.sandbox.faults.add({ delayMs: 60_000, times: 1 });
      notion.source = notion.newSource({ timeoutMs: 2000 });
      expect(await readAll()).toEqual(ALL);
    });

    it.each([
      [
        'goes on failing',
        { status: 500 },
        '500 internal_server_error: Unexpected error occurred.',
      ],
      [
        'lets nobody through',
        { status: 429, retryAfterSeconds: 60 },
        '429 rate_limited: You have been rate limited.',
      ],
      ['cuts every connection', { cut: 'before' as const }, 'fetch failed'],
    ])(
      'gives up on a Notion that %s, and says what it said',
      async (_, fault, said) => {
        await start();
        notion.sandbox.faults.add(fault);
        notion.source = notion.newSource({ queue: { patienceMs: 200 } });
        await expect(notion.read(ROOT)).rejects.toMatchObject({
          name: 'SourceUnavailable',
          message: expect.stringContaining(said),
        });
      },
    );

    it.each([401, 403])(
      'advises on a token that is answered with %d',
      async status => {
        await start();
        notion.sandbox.faults.add({ status });
        await expect(notion.read(ROOT)).rejects.toMatchObject({
          name: 'SourceUnavailable',
          message: expect.stringContaining('manualPublish.notion.token'),
        });
        expect(notion.sandbox.log.calls).toHaveLength(1);
      },
    );

    it('says that nothing listens, without the token', async () => {
      await start();
      notion.source = notion.newSource({
        baseUrl: 'http://127.0.0.1:1',
        token: SECRET,
        queue: { patienceMs: 10 },
      });
      const error: unknown = await notion.read(ROOT).catch(reason => reason);
      expect(error).toMatchObject({ name: 'SourceUnavailable' });
      expect(String(error)).not.toContain(SECRET);
    });

    it('never lets the token into a log', async () => {
      await start({ token: SECRET });
      const written: string[] = [];
      for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
        jest.spyOn(console, method).mockImplementation((...args) => {
          written.push(JSON.stringify(args));
        });
        jest.spyOn(notion.logger, method === 'log' ? 'info' : method);
      }
      notion.sandbox.faults.add({ status: 500, times: 2 });
      notion.sandbox.faults.add({ cut: 'midway', times: 2 });
      expect(await readAll()).toEqual(ALL);
      notion.sandbox.faults.add({ status: 401 });
      await expect(notion.read(ROOT)).rejects.toThrow();
      for (const method of ['info', 'warn', 'error', 'debug'] as const) {
        const { calls } = jest.mocked(notion.logger[method]).mock;
        written.push(JSON.stringify(calls));
      }
      jest.restoreAllMocks();
      expect(written.join('\n')).not.toContain(SECRET);
    });

    it('leaves out pages that are unshared or removed midway', async () => {
      await start();
      const { workspace } = notion.sandbox;
      const { tree: read } = await notion.read(ROOT, {
        onProgress: ({ pagesDone }) => {
          if (pagesDone !== 1) return;
          workspace.unshare(notionId(pageKey(3)));
          workspace.remove(notionId(pageKey(4)));
        },
      });
      const titles = titlesOf(read);
      expect(titles).toHaveLength(7);
      expect(titles).not.toContain('  Page 3');
      expect(titles).not.toContain('  Page 4');
    });

    it('leaves out a page whose lists it has read, but which is not there in the end', async () => {
      await start();
      const gone = notionId(pageKey(8));
      const { tree: read } = await notion.read(ROOT, {
        onProgress: ({ pagesDone }) => {
          if (pagesDone === 9) notion.sandbox.workspace.unshare(gone);
        },
      });
      expect(titlesOf(read)).toHaveLength(8);
    });

    it('notes a block whose content is not given', async () => {
      await start({
        pages: [
          page('P')
            .as('p')
            .with(
              paragraph('first').as('first').with(paragraph('hidden')),
              paragraph('second').with(paragraph('below')),
            ),
        ],
      });
      notion.sandbox.faults.add({ path: notionId('first'), status: 400 });
      const { tree: read } = await notion.read(notionId('p'));
      expect(textOf(read.snapshot.blocks)).toEqual([
        'first !400 validation_error: body failed validation.',
        'second',
        '  below',
      ]);
    });

    it.each([
      ['Notion does not show', 404],
      ['Notion refuses to answer for', 400],
    ])(
      'names pages that a list has and %s, at their places',
      async (_what, status) => {
        const below = ['a', 'b', 'c'].map(key =>
          page(key)
            .as(key)
            .with(paragraph(`words of ${key}`)),
        );
        await start({
          pages: [
            page('P')
              .as('p')
              .with(...below),
          ],
        });
        notion.sandbox.faults.add({
          path: `${notionId('b')}/children`,
          status,
        });
        const { tree: read } = await notion.read(notionId('p'));
        expect(titlesOf(read)).toEqual(['P', '  a', '  c']);
        expect(read.withheld).toEqual([
          { id: notionId('b'), title: 'b', position: 2 },
        ]);
      },
    );

    it('names a page whose lists it has read, and for which Notion refuses to answer in the end', async () => {
      await start({
        pages: [page('P').as('p').with(page('a').as('a'), page('b').as('b'))],
      });
      notion.sandbox.faults.add({
        path: `/pages/${notionId('a')}`,
        status: 400,
      });
      const { tree: read } = await notion.read(notionId('p'));
      expect(titlesOf(read)).toEqual(['P', '  b']);
      expect(read.withheld).toEqual([
        { id: notionId('a'), title: 'a', position: 1 },
      ]);
    });

    it.each([
      ['the page that is asked for, where Notion refuses', 'p', 400, 'P'],
      ['one below it, where something in between does', 'a', 410, 'a'],
    ])(
      'does not take a page for gone or withheld for whose content nobody answers: %s',
      async (_what, key, status, title) => {
        await start({ pages: [page('P').as('p').with(page('a').as('a'))] });
        notion.sandbox.faults.add({
          path: `${notionId(key)}/children`,
          status,
        });
        await expect(notion.read(notionId('p'))).rejects.toMatchObject({
          name: 'SourceUnavailable',
          message: expect.stringContaining(`the page “${title}”`),
        });
      },
    );

    it('names a page whose lists it has read, and which is not shown in the end', async () => {
      const below = ['a', 'b', 'c', 'd'].map(key =>
        page(key)
          .as(key)
          .with(paragraph(`words of ${key}`)),
      );
      await start({
        pages: [
          page('P')
            .as('p')
            .with(...below),
        ],
      });
      const { workspace } = notion.sandbox;
      const { tree: read } = await notion.read(notionId('p'), {
        onProgress: ({ pagesDone }) => {
          if (pagesDone !== 5) return;
          workspace.remove(notionId('a'));
          workspace.unshare(notionId('c'));
        },
      });
      expect(titlesOf(read)).toEqual(['P', '  b', '  d']);
      expect(read.withheld).toEqual([
        { id: notionId('c'), title: 'c', position: 3 },
      ]);
    });

    it.each([404, 400])(
      'reads the pages below a block, and the rows of a database, whose lists are answered by %d',
      async status => {
        const root = page('P')
          .as('p')
          .with(
            blocks
              .toggle('More')
              .as('more')
              .with(page('Inside').as('inside').with(paragraph('words'))),
            database('Rows').as('rows').with(page('Row').as('row')),
          );
        await start({ pages: [root] });
        const titles = ['P', '  Inside', '  Row'];
        expect(titlesOf((await notion.read(notionId('p'))).tree)).toEqual(
          titles,
        );
        const { faults } = notion.sandbox;
        faults.add({ path: `${notionId('more')}/children`, status });
        faults.add({ path: /databases|data_sources/, status });
        // Twice, as what is known must not be lost on the way.
        for (const round of [1, 2]) {
          const { tree: read } = await notion.read(notionId('p'), {
            force: true,
          });
          expect([round, ...titlesOf(read)]).toEqual([round, ...titles]);
        }
      },
    );

    it('begins a list anew whose next part is not there any more', async () => {
      const lines = Array.from({ length: 150 }, (_, index) => `line ${index}`);
      await start({
        pages: [
          page('Long')
            .as('long')
            .with(...lines.map(line => paragraph(line).as(line))),
        ],
      });
      let calls = 0;
      const { tree: read } = await notion.read(notionId('long'), {
        onCall: () => {
          calls += 1;
          // The page, and the first part, whose answer has named this block.
          if (calls === 3)
            notion.sandbox.workspace.remove(notionId('line 100'));
        },
      });
      expect(textOf(read.snapshot.blocks)).toEqual(
        lines.filter(line => line !== 'line 100'),
      );
    });

    it('ends at once with its signal, whatever it waits for', async () => {
      await start();
      const firstCall = async () => {
        while (notion.sandbox.log.calls.length === 0) {
          await new Promise(resolve => setImmediate(resolve));
        }
      };
      for (const fault of [
        { status: 429, retryAfterSeconds: 600 },
        { delayMs: 600_000 },
        { status: 500 },
      ]) {
        const takeAway = notion.sandbox.faults.add(fault);
        const stop = new AbortController();
        notion.source = notion.newSource();
        const reading = notion.read(ROOT, { signal: stop.signal });
        await firstCall();
        const from = performance.now();
        stop.abort(new Error('Cancelled'));
        await expect(reading).rejects.toThrow('Cancelled');
        expect(performance.now() - from).toBeLessThan(5_000);
        takeAway();
        notion.sandbox.log.clear();
      }
    });
  },
);
