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

const databases = testEngines();
const { paragraph } = blocks;

const manual = () =>
  page('Manual')
    .as('manual')
    .with(
      paragraph('Welcome'),
      blocks
        .columns(
          [page('In a column').as('column').with(paragraph('left'))],
          [paragraph('right')],
        )
        .as('columns'),
      page('Folder')
        .as('folder')
        .with(
          paragraph('one').with(paragraph('two').with(paragraph('three'))),
          page('Leaf').as('leaf').with(paragraph('leaf').as('leaf/text')),
        ),
      database('Errors')
        .as('errors')
        .with(
          page('E1').as('e1').with(paragraph('first')),
          page('E2').as('e2').with(paragraph('second')),
        ),
      page('Last').as('last').with(paragraph('end')),
    );

const ROOT = notionId('manual');

describe.each(databases.eachSupportedId())('NotionSource on %s', engine => {
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
      pages: [manual()],
      ...options,
    });
  };

  describe('reading', () => {
    it('finds a page and all below it, in the order of Notion', async () => {
      await start();
      const { tree, fetchedPageIds } = await notion.read(ROOT);
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
      expect(fetchedPageIds.size).toBe(7);
    });

    it('makes no call twice, and asks for all pages at once', async () => {
      await start();
      const calls = await notion.callsDuring(() => notion.read(ROOT));
      expect(notion.sandbox.log.repeated()).toEqual(new Map());
      // The root, a search, 7 lists of pages, 5 of blocks, the database and its rows.
      expect(calls).toHaveLength(16);
    });

    it('reads lists to their end', async () => {
      const lines = Array.from({ length: 230 }, (_, index) => `line ${index}`);
      await start({
        pages: [
          page('Long')
            .as('long')
            .with(...lines.map(line => paragraph(line))),
        ],
      });
      const { tree } = await notion.read(notionId('long'));
      expect(textOf(tree.snapshot.blocks)).toEqual(lines);
    });

    it('reads blocks that are twenty deep', async () => {
      const nested = (depth: number): ReturnType<typeof paragraph> =>
        depth === 20
          ? paragraph('20')
          : paragraph(String(depth)).with(nested(depth + 1));
      await start({ pages: [page('Deep').as('deep').with(nested(1))] });
      const { tree } = await notion.read(notionId('deep'));
      expect(textOf(tree.snapshot.blocks).at(-1)).toBe(`${' '.repeat(38)}20`);
    });

    it('reads a page of ten thousand blocks', async () => {
      const many = Array.from({ length: 100 }, (_, index) =>
        paragraph(String(index)).with(
          ...Array.from({ length: 99 }, (__, line) => paragraph(`l${line}`)),
        ),
      );
      await start({
        pages: [
          page('Huge')
            .as('huge')
            .with(...many),
        ],
      });
      const { tree } = await notion.read(notionId('huge'));
      expect(textOf(tree.snapshot.blocks)).toHaveLength(10_000);
      notion.source = notion.newSource();
      const again = await notion.read(notionId('huge'));
      expect(textOf(again.tree.snapshot.blocks)).toHaveLength(10_000);
      expect(again.fetchedPageIds.size).toBe(0);
    });

    it('tells how far it is', async () => {
      await start();
      const progress: string[] = [];
      let calls = 0;
      await notion.read(ROOT, {
        onProgress: ({ pagesDone, pagesKnown }) =>
          progress.push(`${pagesDone}/${pagesKnown}`),
        onCall: () => {
          calls += 1;
        },
      });
      expect(progress[0]).toBe('0/1');
      expect(progress.at(-1)).toBe('7/7');
      expect(calls).toBe(notion.sandbox.log.calls.length);
    });

    it('says that a page is not there, whether it is none or not shared', async () => {
      await start();
      await expect(notion.read(notionId('nowhere'))).rejects.toMatchObject({
        name: 'PageNotFound',
        pageId: notionId('nowhere'),
      });
      notion.sandbox.workspace.unshare(ROOT);
      await expect(notion.read(ROOT)).rejects.toMatchObject({
        name: 'PageNotFound',
      });
    });
  });

  describe('reading again', () => {
    it('costs a call a folder and one for the root where nothing has changed', async () => {
      await start();
      const first = await notion.read(ROOT);
      notion.source = notion.newSource();
      let again: typeof first | undefined;
      const calls = await notion.callsDuring(async () => {
        again = await notion.read(ROOT);
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
      await notion.read(ROOT);
      notion.pass(60 * 60_000);
      notion.sandbox.workspace.edit(notionId('leaf'), {
        replace: { blockId: notionId('leaf/text'), with: paragraph('new') },
      });
      notion.pass(10 * 60_000);
      let reading: Awaited<ReturnType<typeof notion.read>> | undefined;
      const calls = await notion.callsDuring(async () => {
        reading = await notion.read(ROOT);
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
      await notion.read(ROOT);
      notion.sandbox.workspace.edit(notionId('last'), {
        append: [paragraph('in the same minute')],
      });
      notion.pass(10 * 60_000);
      const { tree, fetchedPageIds } = await notion.read(ROOT);
      expect(fetchedPageIds).toEqual(new Set([notionId('last')]));
      expect(textOf(tree.children[4].snapshot.blocks)).toEqual([
        'end',
        'just now',
        'in the same minute',
      ]);
      const once = await notion.read(ROOT);
      expect(once.fetchedPageIds).toEqual(new Set());
    });

    it('notices pages that are new, renamed, moved and removed', async () => {
      await start();
      await notion.read(ROOT);
      notion.pass(60 * 60_000);
      const { workspace } = notion.sandbox;
      workspace.edit(notionId('folder'), {
        append: [page('New').as('new').with(paragraph('n'))],
      });
      workspace.edit(notionId('e1'), { title: 'E1 renamed' });
      workspace.move(notionId('last'), notionId('folder'));
      workspace.remove(notionId('column'));
      notion.pass(60 * 60_000);
      const { tree } = await notion.read(ROOT);
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
      await notion.read(ROOT);
      expect(await knex('herald_page_snapshot')).toHaveLength(7);
      expect(await knex('herald_snapshot_part')).toHaveLength(0);
      notion.sandbox.workspace.remove(notionId('folder'));
      await notion.read(ROOT);
      const left = await knex('herald_page_snapshot').pluck('page_id');
      expect(left).toHaveLength(5);
      expect(left).not.toContain(notionId('leaf'));
    });

    it('keeps pages below those that are wanted, others until they are old', async () => {
      await start();
      await notion.read(ROOT);
      const left = async () =>
        (await knex('herald_page_snapshot').pluck('page_id')).sort();
      const all = await left();
      const later = new Date(notion.now().getTime() + 1);
      expect(await notion.store.eraseOutside([ROOT], later)).toBe(0);
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
      await notion.read(ROOT);
      const { fetchedPageIds } = await notion.read(ROOT, { force: true });
      expect(fetchedPageIds.size).toBe(7);
    });

    it('reads a page that a webhook says has changed', async () => {
      await start();
      await notion.read(ROOT);
      notion.pass(1);
      await notion.source.markChanged(notionId('e2'));
      notion.pass(1);
      const { fetchedPageIds } = await notion.read(ROOT);
      expect(fetchedPageIds).toEqual(new Set([notionId('e2')]));
      notion.pass(1);
      const once = await notion.read(ROOT);
      expect(once.fetchedPageIds).toEqual(new Set());
    });
  });

  describe('outlines', () => {
    it('name all pages, and cost the later reading nothing', async () => {
      await start();
      const { signal } = new AbortController();
      const outline = await notion.source.readOutline(ROOT, { signal });
      expect(outline).toMatchObject({
        id: ROOT,
        title: 'Manual',
        url: expect.stringMatching(/^https:\/\/www\.notion\.so\//),
        lastEditedAt: expect.any(Date),
      });
      expect(outline.children.map(({ title }) => title)).toEqual([
        'In a column',
        'Folder',
        'E1',
        'E2',
        'Last',
      ]);
      expect(outline.children[1].children.map(({ title }) => title)).toEqual([
        'Leaf',
      ]);
    });

    it('do not look into text', async () => {
      await start();
      const { signal } = new AbortController();
      const calls = await notion.callsDuring(() =>
        notion.source.readOutline(ROOT, { signal }),
      );
      // No search, and none of the two paragraphs that have others below them.
      expect(calls).toHaveLength(13);
    });

    it('are followed by a reading that repeats only what lists pages', async () => {
      await start();
      const { signal } = new AbortController();
      await notion.source.readOutline(ROOT, { signal });
      notion.pass(1);
      const calls = await notion.callsDuring(() => notion.read(ROOT));
      // The root, a search, the rows, the three lists that have pages, and the two in text.
      expect(calls).toHaveLength(8);
    });

    it('know the pages in text that was read', async () => {
      await start({
        pages: [
          page('Manual')
            .as('manual')
            .with(paragraph('text').with(page('Hidden').as('hidden'))),
        ],
      });
      const { signal } = new AbortController();
      const titles = async () =>
        (await notion.source.readOutline(ROOT, { signal })).children.map(
          ({ title }) => title,
        );
      expect(await titles()).toEqual([]);
      await notion.read(ROOT);
      expect(await titles()).toEqual(['Hidden']);
      notion.pass(60 * 60_000);
      notion.sandbox.workspace.edit(ROOT);
      expect(await titles()).toEqual(['Hidden']);
    });
  });

  it('gives a block again, with fresh URLs, and nothing for one that is gone', async () => {
    const { signal } = new AbortController();
    await start({
      pages: [page('P').as('p').with(blocks.image('photo.jpg').as('photo'))],
    });
    const refresh = () =>
      notion.source.refreshBlock(notionId('photo'), { signal });
    const [first, second] = [await refresh(), await refresh()];
    expect(first).toMatchObject({ type: 'image' });
    expect(first).not.toEqual(second);
    notion.sandbox.workspace.remove(notionId('photo'));
    expect(await refresh()).toBeUndefined();
  });

  it('does not take a block for gone for which something between us and Notion answers', async () => {
    await start({
      pages: [page('P').with(blocks.image('photo.jpg').as('photo'))],
    });
    const { signal } = new AbortController();
    const path = `/blocks/${notionId('photo')}`;
    const refresh = () =>
      notion.source.refreshBlock(notionId('photo'), { signal });
    notion.sandbox.faults.add({ path, status: 410, times: 1 });
    await expect(refresh()).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringContaining(`the block ${notionId('photo')}`),
    });
    notion.sandbox.faults.add({ path, status: 400, times: 1 });
    expect(await refresh()).toBeUndefined();
    expect(await refresh()).toMatchObject({ type: 'image' });
  });
});
