import { NotionSandboxOptions } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { migratedDatabase } from '../database/__testUtils__/migratedDatabase';
import { ReadingUnderTest, titlesOf } from './__testUtils__/ReadingUnderTest';
import { generateTree } from './__testUtils__/benchTree';

const databases = testEngines();
const tree = generateTree({ pages: 9, parentBlocks: 30 });
const ROOT = tree.rootId;
const SECRET = 'ntn_very_secret';

describe.each(databases.eachSupportedId())(
  'NotionSource under faults on %s',
  engine => {
    let knex: Knex;
    let notion: ReadingUnderTest;

    beforeAll(async () => {
      knex = await migratedDatabase(databases, engine);
    });
    afterEach(() => notion.stop());

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
