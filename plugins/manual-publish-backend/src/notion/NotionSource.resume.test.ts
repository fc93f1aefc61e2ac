import { database, notionId, page } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { migratedDatabase } from '../database/__testUtils__/migratedDatabase';
import { NotionSource } from './NotionSource';
import { ReadingUnderTest, titlesOf } from './__testUtils__/ReadingUnderTest';
import { generateTree } from './__testUtils__/benchTree';

const databases = testEngines();

const tree = () => {
  const generated = generateTree({ pages: 9, parentBlocks: 30 });
  generated.root.with(database('Rows').with(page('Row 1'), page('Row 2')));
  return generated;
};
const ROOT = tree().rootId;

describe.each(databases.eachSupportedId())(
  'A reading that is killed on %s',
  engine => {
    let knex: Knex;
    let notion: ReadingUnderTest;

    beforeAll(async () => {
      knex = await migratedDatabase(databases, engine);
    });
    beforeEach(async () => {
      notion = await ReadingUnderTest.start(knex, {
        pages: [tree().root],
        latencyMs: 5,
      });
    });
    afterEach(() => notion.stop());

    /** Reads until so many calls have begun, and ends there as a process does. */
    async function readUntil(
      calls: number,
      options: { since?: Date; force?: boolean },
      source = notion.newSource(),
    ) {
      const kill = new AbortController();
      let made = 0;
      notion.source = source;
      await notion
        .read(ROOT, {
          ...options,
          signal: kill.signal,
          onCall: () => {
            made += 1;
            if (made > calls) kill.abort(new Error('Killed'));
          },
        })
        .catch(() => {
          // That is how it ends.
        });
    }

    it.each([{ force: false }, { force: true }])(
      'goes on without a call twice, wherever it was killed (%p)',
      async ({ force }) => {
        if (force) {
          await notion.read(ROOT);
          notion.pass(60 * 60_000);
        }
        notion.sandbox.log.clear();
        const since = notion.now();
        notion.pass(1000);
        for (let kills = 1; kills <= 12; kills++) {
          await readUntil(4, { since, force });
          notion.pass(60_000);
        }
        notion.source = notion.newSource();
        const { tree: read, fetchedPageIds } = await notion.read(ROOT, {
          since,
          force,
        });
        expect(titlesOf(read)).toHaveLength(11);
        expect(fetchedPageIds.size).toBe(11);
        expect(notion.sandbox.log.repeated()).toEqual(new Map());
        expect(await knex('herald_snapshot_part')).toHaveLength(0);
      },
    );

    describe('on a machine whose clock is ten minutes ahead of Notion’s', () => {
      const AHEAD_MS = 10 * 60_000;
      const ahead = () => new Date(notion.clock.now() + AHEAD_MS);
      const readInParts = async (sources: readonly NotionSource[]) => {
        const since = ahead();
        notion.pass(1000);
        for (const source of sources) {
          await readUntil(4, { since }, source);
          notion.pass(60_000);
        }
        const { tree: read } = await notion.read(ROOT, { since });
        expect(titlesOf(read)).toHaveLength(11);
        return [...notion.sandbox.log.repeated().keys()];
      };

      it('goes on without a call twice where the process knows of that', async () => {
        const source = notion.newSource({ now: ahead });
        expect(await readInParts(Array(8).fill(source))).toEqual([]);
      });

      it('repeats the one call whose answer tells a new process of that', async () => {
        const sources = Array.from({ length: 8 }, () =>
          notion.newSource({ now: ahead }),
        );
        const repeated = await readInParts(sources);
        expect(repeated).toHaveLength(1);
        expect(repeated[0]).toContain(`/blocks/${ROOT}/children`);
      });
    });

    it('is handed out again after it was complete, without any call', async () => {
      const since = notion.now();
      const first = await notion.read(ROOT, { since });
      notion.source = notion.newSource();
      notion.pass(60_000);
      const calls = await notion.callsDuring(async () => {
        const again = await notion.read(ROOT, { since });
        expect(again).toEqual(first);
      });
      expect(calls).toEqual([]);
    });

    it('goes on without a call twice where nothing has changed', async () => {
      await notion.read(ROOT);
      notion.pass(60 * 60_000);
      const since = notion.now();
      notion.sandbox.log.clear();
      for (let kills = 1; kills <= 4; kills++) await readUntil(1, { since });
      notion.source = notion.newSource();
      const { fetchedPageIds } = await notion.read(ROOT, { since });
      expect(fetchedPageIds).toEqual(new Set());
      expect(notion.sandbox.log.repeated()).toEqual(new Map());
    });

    it('is not gone on with by another job where pages were edited meanwhile', async () => {
      await readUntil(20, { since: notion.now() });
      notion.pass(60 * 60_000);
      notion.sandbox.workspace.edit(ROOT, { title: 'Other title' });
      notion.sandbox.workspace.remove(notionId('generated/1'));
      notion.pass(60 * 60_000);
      notion.source = notion.newSource();
      const { tree: read } = await notion.read(ROOT, { since: notion.now() });
      expect(titlesOf(read)[0]).toBe('Other title');
      expect(titlesOf(read)).not.toContain('  Page 1');
    });
  },
);
