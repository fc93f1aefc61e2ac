import {
  NotionSandboxOptions,
  blocks,
  database,
  notionId,
  page,
} from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { migratedDatabase } from '../database/__testUtils__/migratedDatabase';
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

describe.each(databases.eachSupportedId())(
  'What Notion does not give on %s',
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
  },
);
