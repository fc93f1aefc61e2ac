import { blocks, database, notionId, page } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { migrationConfig } from '../database/migrate';
import {
  ReadingUnderTest,
  textOf,
  titlesOf,
} from './__testUtils__/ReadingUnderTest';

const databases = testEngines();
const { paragraph } = blocks;
const ROOT = notionId('p');
const FOLDER = notionId('folder');

const manual = () =>
  page('P')
    .as('p')
    .with(
      page('Leaf')
        .as('leaf')
        .with(paragraph('first').as('first').with(paragraph('below'))),
      page('Folder')
        .as('folder')
        .with(database('Rows').as('rows').with(page('Row').as('row'))),
    );

// What counts as read has nothing to do with the database.
describe('what could not be read once', () => {
  let knex: Knex;
  let notion: ReadingUnderTest;

  beforeAll(async () => {
    knex = await databases.init('SQLITE_3');
    await knex.migrate.latest(migrationConfig);
  });
  beforeEach(async () => {
    notion = await ReadingUnderTest.start(knex, { pages: [manual()] });
  });
  afterEach(async () => {
    await notion.sandbox.stop();
    await knex('herald_page_snapshot').delete();
    await knex('herald_snapshot_part').delete();
  });

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
      expect(await part('Leaf')).toEqual([
        expect.stringMatching(`^first !${status}`),
      ]);
      takeAway();
      expect(await part('Leaf')).toEqual(['first', '  below']);

      const calls = await notion.callsDuring(() => notion.read(ROOT));
      expect(calls.filter(call => call.includes(notionId('leaf')))).toEqual([]);
      expect(calls.filter(call => call.includes(notionId('first')))).toEqual(
        [],
      );
    },
  );

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
