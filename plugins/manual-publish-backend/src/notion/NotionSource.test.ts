import { blocks, database, notionId, page, rich } from '@herald/sandbox';
import { Knex } from 'knex';
import { testEngines } from '../__testUtils__/engines';
import { migrationConfig } from '../database/migrate';
import {
  ReadingUnderTest,
  textOf,
  titlesOf,
} from './__testUtils__/ReadingUnderTest';

const databases = testEngines();
const { paragraph } = blocks;
const MINUTE = 60_000;

const manual = () =>
  page('Manual')
    .as('manual')
    .with(
      paragraph('Welcome'),
      blocks.columns(
        [page('In a column').as('column').with(paragraph('left'))],
        [paragraph('right')],
      ),
      page('Folder')
        .as('folder')
        .with(
          paragraph('one')
            .as('one')
            .with(paragraph('two').with(paragraph('three'))),
          page('Leaf').as('leaf').with(paragraph('leaf')),
        ),
      database('Errors')
        .as('errors')
        .with(
          page('E1').as('e1').with(paragraph('first')),
          page('E2').as('e2').with(paragraph('second')),
        ),
      page('Last').as('last').with(paragraph('end')),
    );

describe.each(databases.eachSupportedId())('NotionSource on %s', engine => {
  let knex: Knex;
  let notion: ReadingUnderTest | undefined;

  beforeAll(async () => {
    knex = await databases.init(engine);
    await knex.migrate.latest(migrationConfig);
  });
  afterEach(async () => {
    await notion?.sandbox.stop();
    notion = undefined;
    await knex('herald_page_snapshot').delete();
    await knex('herald_snapshot_part').delete();
  });

  const start = async (
    ...args: Parameters<typeof ReadingUnderTest.start> extends [
      Knex,
      ...infer R,
    ]
      ? R
      : never
  ) => {
    notion = await ReadingUnderTest.start(knex, ...args);
    return notion;
  };

  it('reads a page and all below it, in the order of Notion', async () => {
    const { read } = bind(await start({ pages: [manual()] }));
    const { tree } = await read(notionId('manual'));
    expect(titlesOf(tree)).toEqual([
      'Manual',
      '  In a column',
      '  Folder',
      '    Leaf',
      '  E1',
      '  E2',
      '  Last',
    ]);
    expect(textOf(tree.children[1].snapshot.blocks)).toEqual([
      'one',
      '  two',
      '    three',
      '[Leaf]',
    ]);
  });

  it('makes no call twice, and one less than a call a page and block with children costs', async () => {
    const reading = await start({ pages: [manual()] });
    const calls = await reading.callsDuring(() =>
      reading.read(notionId('manual')),
    );
    expect(reading.sandbox.log.repeated()).toEqual(new Map());
    // The root, a search, 7 lists of pages, 5 of blocks, the database and its rows.
    expect(calls).toHaveLength(16);
  });
});

function bind(reading: ReadingUnderTest) {
  return { read: reading.read.bind(reading) };
}
