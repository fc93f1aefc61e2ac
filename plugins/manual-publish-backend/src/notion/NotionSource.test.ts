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

describe.each(databases.eachSupportedId())('NotionSource on %s', engine => {
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

  it('finds a page and all below it, in the order of Notion', async () => {
    await start();
    const { tree, fetchedPageIds } = await notion.read(MANUAL);
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
    const calls = await notion.callsDuring(() => notion.read(MANUAL));
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
    await notion.read(MANUAL, {
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
    notion.sandbox.workspace.unshare(MANUAL);
    await expect(notion.read(MANUAL)).rejects.toMatchObject({
      name: 'PageNotFound',
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
