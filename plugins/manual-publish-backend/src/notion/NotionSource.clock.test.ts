import { blocks, notionId, page } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { migratedDatabase } from '../database/__testUtils__/migratedDatabase';
import { ReadingUnderTest, textOf } from './__testUtils__/ReadingUnderTest';

const databases = testEngines();
const MINUTE = 60_000;
const MANUAL = notionId('clock/manual');
const LEAF = notionId('clock/leaf');

describe.each(databases.eachSupportedId())(
  'a machine whose clock is not Notion’s, on %s',
  engine => {
    let knex: Knex;
    let notion: ReadingUnderTest;

    beforeAll(async () => {
      knex = await migratedDatabase(databases, engine);
    });
    afterEach(() => notion.stop());

    const start = async (aheadMs: number) => {
      notion = await ReadingUnderTest.start(knex, {
        pages: [
          page('Manual')
            .as('clock/manual')
            .with(page('Leaf').as('clock/leaf').with(blocks.paragraph('one'))),
        ],
      });
      notion.source = notion.newSource({
        now: () => new Date(notion.clock.now() + aheadMs),
      });
    };
    const write = (text: string) =>
      notion.sandbox.workspace.edit(LEAF, {
        append: [blocks.paragraph(text)],
      });
    const leafText = async () => {
      const { tree } = await notion.read(MANUAL);
      return textOf(tree.children[0].snapshot.blocks);
    };

    it.each([
      ['ten minutes ahead', 10 * MINUTE],
      ['a second ahead', 1_000],
      ['ten minutes behind', -10 * MINUTE],
    ])(
      'reads what was written in the minute of the last reading (%s)',
      async (_how, aheadMs) => {
        await start(aheadMs);
        write('two');
        expect(await leafText()).toEqual(['one', 'two']);
        notion.pass(5_000);
        write('three');
        expect(await leafText()).toEqual(['one', 'two', 'three']);
      },
    );

    it('does not read again what has been quiet, though it is ten minutes ahead', async () => {
      await start(10 * MINUTE);
      notion.pass(5 * MINUTE);
      await leafText();
      const calls = await notion.callsDuring(leafText);
      expect(calls.filter(call => call.includes(LEAF))).toEqual([]);
    });
  },
);
