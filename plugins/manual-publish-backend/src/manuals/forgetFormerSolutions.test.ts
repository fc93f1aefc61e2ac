import { notionId, page, blocks } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { DatabaseManuals } from '../database/DatabaseManuals';
import { migratedDatabase } from '../database/__testUtils__/migratedDatabase';
import { ReadingUnderTest } from '../notion/__testUtils__/ReadingUnderTest';
import { forgetFormerSolutions } from './forgetFormerSolutions';

const databases = testEngines();
const manual = (key: string) =>
  page(key)
    .as(key)
    .with(
      page(`below ${key}`).as(`${key}/below`).with(blocks.paragraph('words')),
    );

describe.each(databases.eachSupportedId())(
  'solutions that are not configured any more, on %s',
  engine => {
    let knex: Knex;
    let notion: ReadingUnderTest;
    beforeAll(async () => {
      knex = await migratedDatabase(databases, engine);
    });
    afterEach(() => notion.stop());

    it('are forgotten once they were not touched for long, and nothing else is', async () => {
      notion = await ReadingUnderTest.start(knex, {
        pages: ['kept', 'former', 'alone'].map(manual),
      });
      const manuals = new DatabaseManuals(knex);
      const published = async (solution: string, pageId: string) =>
        knex('herald_published_page').insert({
          solution,
          page_id: pageId,
          path: 'x.mdx',
          edited_at: 0,
          read_at: 0,
          published_at: notion.now().getTime(),
          job_id: 'job',
        });
      for (const key of ['kept', 'former']) {
        await notion.read(notionId(key));
        const signal = new AbortController().signal;
        const id = notionId(key);
        const outline = await notion.source.readOutline(id, { signal });
        await manuals.storeOutline(key, outline, notion.now());
        await published(key, id);
      }
      // Published by itself: nobody knows what it is below of.
      await notion.read(notionId('alone/below'));
      await published('kept', notionId('alone/below'));

      const solutions = [{ name: 'kept', rootPageId: notionId('kept') }];
      const forget = (before: Date) =>
        forgetFormerSolutions({
          manuals,
          snapshots: notion.store,
          solutions,
          before,
        });
      const stored = async () => ({
        pages: (await knex('herald_page_snapshot').pluck('page_id')).sort(),
        trees: (await knex('herald_manuals_tree').pluck('solution')).sort(),
        published: (
          await knex('herald_published_page').pluck('solution')
        ).sort(),
      });
      const all = await stored();
      expect(all.pages).toHaveLength(5);
      await forget(notion.now());
      expect(await stored()).toEqual(all);

      await forget(new Date(notion.now().getTime() + 1));
      expect(await stored()).toEqual({
        pages: ['kept', 'kept/below', 'alone/below'].map(notionId).sort(),
        trees: ['kept'],
        published: ['kept', 'kept'],
      });
    });
  },
);
