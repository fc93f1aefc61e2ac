import { blocks, database, notionId, page } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { migratedDatabase } from '../database/__testUtils__/migratedDatabase';
import {
  ReadingUnderTest,
  textOf,
  titlesOf,
} from './__testUtils__/ReadingUnderTest';

const databases = testEngines();
const { paragraph } = blocks;
const ROOT = notionId('p');
const FOLDER = notionId('folder');
const LINES = Array.from({ length: 150 }, (_, index) => `line ${index}`);
const { signal } = new AbortController();

const manual = () =>
  page('P')
    .as('p')
    .with(
      page('Leaf')
        .as('leaf')
        .with(
          paragraph('first').as('first').with(paragraph('below')),
          blocks
            .toggle('More')
            .as('more')
            .with(...LINES.map(line => paragraph(line).as(line))),
        ),
      page('Folder')
        .as('folder')
        .with(database('Rows').as('rows').with(page('Row').as('row'))),
    );

// What counts as read has nothing to do with the database.
describe('what could not be read once', () => {
  let knex: Knex;
  let notion: ReadingUnderTest;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, 'SQLITE_3');
  });
  beforeEach(async () => {
    notion = await ReadingUnderTest.start(knex, { pages: [manual()] });
  });
  afterEach(() => notion.stop());

  const part = async (title: string) => {
    const { tree } = await notion.read(ROOT);
    const found = tree.children.find(child =>
      titlesOf(child)[0].includes(title),
    );
    return textOf(found?.snapshot.blocks ?? []);
  };

  it.each([400, 404])(
    'is read by the next reading after a %d, although nobody has edited it, and not again after that',
    async status => {
      const takeAway = notion.sandbox.faults.add({
        path: `${notionId('first')}/children`,
        status,
      });
      expect((await part('Leaf'))[0]).toMatch(`first !${status}`);
      takeAway();
      expect((await part('Leaf')).slice(0, 2)).toEqual(['first', '  below']);

      const calls = await notion.callsDuring(() => notion.read(ROOT));
      expect(calls.filter(call => call.includes(notionId('leaf')))).toEqual([]);
      expect(calls.filter(call => call.includes(notionId('first')))).toEqual(
        [],
      );
    },
  );

  it('costs one call for each block as long as it cannot be read, and not its page', async () => {
    const { faults } = notion.sandbox;
    faults.add({ path: `${notionId('first')}/children`, status: 404 });
    faults.add({ path: `${notionId('more')}/children`, status: 400 });
    await notion.read(ROOT);
    const gaps = ['first', 'more'].map(key => `/v1/blocks/${notionId(key)}`);
    const askedInLeaf = async (reading: () => Promise<unknown>) => {
      notion.sandbox.log.clear();
      await reading();
      return notion.sandbox.log.calls
        .map(({ path }) => path.replace(/\/children.*/, ''))
        .filter(path => path.includes(notionId('leaf')) || gaps.includes(path))
        .sort();
    };
    expect(await askedInLeaf(() => notion.read(ROOT))).toEqual(gaps.sort());
    // A paragraph is not looked into for pages.
    expect(
      await askedInLeaf(() => notion.source.readOutline(ROOT, { signal })),
    ).toEqual([`/v1/blocks/${notionId('more')}`]);
    expect(await part('Leaf')).toEqual([
      expect.stringMatching(/^first !404/),
      expect.stringMatching(/^toggle !400/),
    ]);
  });

  it('is read whole although a part of it goes while it is looked at', async () => {
    const { faults, log, workspace } = notion.sandbox;
    const list = `${notionId('more')}/children`;
    const takeAway = faults.add({ path: list, status: 404 });
    await notion.read(ROOT);
    takeAway();
    log.clear();
    let isTaken = false;
    await notion.read(ROOT, {
      onCall: () => {
        if (isTaken || !log.calls.some(({ path }) => path.includes(list)))
          return;
        isTaken = true;
        workspace.remove(notionId('line 100'));
      },
    });
    expect(isTaken).toBe(true);
    expect(await part('Leaf')).toEqual([
      'first',
      '  below',
      'toggle',
      ...LINES.filter(line => line !== 'line 100').map(line => `  ${line}`),
    ]);
  });

  it('is a problem of a database only as long as that cannot be read', async () => {
    expect(await part('Folder')).toEqual(['child_database']);
    const takeAway = notion.sandbox.faults.add({
      path: /databases|data_sources/,
      status: 404,
    });
    expect(await part('Folder')).toEqual([
      expect.stringMatching(/^child_database !404/),
    ]);
    takeAway();
    const mended = await notion.read(ROOT);
    expect(mended.fetchedPageIds).toContain(FOLDER);
    expect(await part('Folder')).toEqual(['child_database']);
  });
});
