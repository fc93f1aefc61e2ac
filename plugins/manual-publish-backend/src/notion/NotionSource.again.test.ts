import { NotionSandboxOptions, blocks, notionId, page } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { migratedDatabase } from '../database/__testUtils__/migratedDatabase';
import {
  ReadingUnderTest,
  textOf,
  titlesOf,
} from './__testUtils__/ReadingUnderTest';
import { MANUAL, manualPages } from './__testUtils__/manualPages';

const databases = testEngines();
const { paragraph } = blocks;

describe.each(databases.eachSupportedId())(
  'A manual that was read before on %s',
  engine => {
    let knex: Knex;
    let notion: ReadingUnderTest;

    beforeAll(async () => {
      knex = await migratedDatabase(databases, engine);
    });
    afterEach(() => notion.stop());

    const start = async (options: NotionSandboxOptions = {}) => {
      notion = await ReadingUnderTest.start(knex, {
        pages: [manualPages()],
        ...options,
      });
    };

    it('costs a call a folder and one for the root where nothing has changed', async () => {
      await start();
      const first = await notion.read(MANUAL);
      notion.source = notion.newSource();
      let again: typeof first | undefined;
      const calls = await notion.callsDuring(async () => {
        again = await notion.read(MANUAL);
      });
      // The root; the lists of the root, of the column and of the folder; the rows.
      expect(calls).toHaveLength(5);
      expect(again?.fetchedPageIds).toEqual(new Set());
      expect(again && titlesOf(again.tree)).toEqual(titlesOf(first.tree));
      expect(
        again?.tree.children.map(({ snapshot }) => snapshot.blocks),
      ).toEqual(first.tree.children.map(({ snapshot }) => snapshot.blocks));
    });

    it('reads only the page in which a paragraph was edited', async () => {
      await start();
      await notion.read(MANUAL);
      notion.pass(60 * 60_000);
      notion.sandbox.workspace.edit(notionId('leaf'), {
        replace: { blockId: notionId('leaf/text'), with: paragraph('new') },
      });
      notion.pass(10 * 60_000);
      let reading: Awaited<ReturnType<typeof notion.read>> | undefined;
      const calls = await notion.callsDuring(async () => {
        reading = await notion.read(MANUAL);
      });
      expect(calls).toHaveLength(7);
      expect(reading?.fetchedPageIds).toEqual(new Set([notionId('leaf')]));
      const leaf = reading?.tree.children[1].children[0];
      expect(leaf && textOf(leaf.snapshot.blocks)).toEqual(['new']);
    });

    it('reads again what was edited within two minutes of the last reading', async () => {
      await start();
      notion.sandbox.workspace.edit(notionId('last'), {
        append: [paragraph('just now')],
      });
      await notion.read(MANUAL);
      notion.sandbox.workspace.edit(notionId('last'), {
        append: [paragraph('in the same minute')],
      });
      notion.pass(10 * 60_000);
      const { tree, fetchedPageIds } = await notion.read(MANUAL);
      expect(fetchedPageIds).toEqual(new Set([notionId('last')]));
      expect(textOf(tree.children[4].snapshot.blocks)).toEqual([
        'end',
        'just now',
        'in the same minute',
      ]);
      const once = await notion.read(MANUAL);
      expect(once.fetchedPageIds).toEqual(new Set());
    });

    it('notices pages that are new, renamed, moved and removed', async () => {
      await start();
      await notion.read(MANUAL);
      notion.pass(60 * 60_000);
      const { workspace } = notion.sandbox;
      workspace.edit(notionId('folder'), {
        append: [page('New').as('new').with(paragraph('n'))],
      });
      workspace.edit(notionId('e1'), { title: 'E1 renamed' });
      workspace.move(notionId('last'), notionId('folder'));
      workspace.remove(notionId('column'));
      notion.pass(60 * 60_000);
      const { tree } = await notion.read(MANUAL);
      expect(titlesOf(tree)).toEqual([
        'Manual',
        '  Folder',
        '    Leaf',
        '    New',
        '    Last',
        '  E1 renamed',
        '  E2',
      ]);
    });

    it('erases what has left the tree, with all below it', async () => {
      await start();
      await notion.read(MANUAL);
      expect(await knex('herald_page_snapshot')).toHaveLength(7);
      expect(await knex('herald_snapshot_part')).toHaveLength(0);
      notion.sandbox.workspace.remove(notionId('folder'));
      await notion.read(MANUAL);
      const left = await knex('herald_page_snapshot').pluck('page_id');
      expect(left).toHaveLength(5);
      expect(left).not.toContain(notionId('leaf'));
    });

    it('keeps pages below those that are wanted, others until they are old', async () => {
      await start();
      await notion.read(MANUAL);
      const left = async () =>
        (await knex('herald_page_snapshot').pluck('page_id')).sort();
      const all = await left();
      const later = new Date(notion.now().getTime() + 1);
      expect(await notion.store.eraseOutside([MANUAL], later)).toBe(0);
      expect(await notion.store.eraseOutside([], notion.now())).toBe(0);
      expect(await left()).toEqual(all);
      expect(
        await notion.store.eraseOutside([notionId('folder')], later),
      ).toBeGreaterThan(0);
      expect(await left()).toEqual(
        [notionId('folder'), notionId('leaf')].sort(),
      );
      await notion.store.eraseOutside([], later);
      expect(await left()).toEqual([]);
    });

    it('reads all pages where that is asked for', async () => {
      await start();
      await notion.read(MANUAL);
      const { fetchedPageIds } = await notion.read(MANUAL, { force: true });
      expect(fetchedPageIds.size).toBe(7);
    });

    it('reads a page that a webhook says has changed', async () => {
      await start();
      await notion.read(MANUAL);
      notion.pass(1);
      await notion.source.markChanged(notionId('e2'));
      notion.pass(1);
      const { fetchedPageIds } = await notion.read(MANUAL);
      expect(fetchedPageIds).toEqual(new Set([notionId('e2')]));
      notion.pass(1);
      const once = await notion.read(MANUAL);
      expect(once.fetchedPageIds).toEqual(new Set());
    });
  },
);
