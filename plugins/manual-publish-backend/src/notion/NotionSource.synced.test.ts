import { NotionSandboxOptions, blocks, notionId, page } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { migratedDatabase } from '../database/__testUtils__/migratedDatabase';
import { PageTree } from '../source/PageSnapshot';
import { ReadingUnderTest, textOf } from './__testUtils__/ReadingUnderTest';

const databases = testEngines();
const { paragraph, syncedBlock, syncedCopy } = blocks;
const HOUR = 60 * 60_000;
const ROOT = notionId('manual');

const manual = (...ofCopy: ReturnType<typeof paragraph>[]) =>
  page('Manual')
    .as('manual')
    .with(
      page('Source')
        .as('source-page')
        .with(
          syncedBlock()
            .as('source')
            .with(paragraph('shared').as('shared').with(paragraph('deep'))),
        ),
      page('Copy')
        .as('copy-page')
        .with(syncedCopy(notionId('source')), ...ofCopy),
    );

const elsewhere = () =>
  page('Elsewhere')
    .as('elsewhere')
    .with(syncedBlock().as('foreign').with(paragraph('foreign').as('text')));

describe.each(databases.eachSupportedId())('Synced blocks on %s', engine => {
  let knex: Knex;
  let notion: ReadingUnderTest;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, engine);
  });
  afterEach(() => notion.stop());

  const start = async (pages: NotionSandboxOptions['pages']) => {
    notion = await ReadingUnderTest.start(knex, { pages });
  };
  const copyIn = ({ children }: PageTree) =>
    textOf(children[1].snapshot.blocks);

  it('show what their source has, which is read once', async () => {
    await start([manual(syncedCopy(notionId('source')))]);
    const { tree } = await notion.read(ROOT);
    const shown = ['synced_block', '  shared', '    deep'];
    expect(copyIn(tree)).toEqual([...shown, ...shown]);
    expect(notion.sandbox.log.repeated()).toEqual(new Map());
    // Root, three pages in one search, three lists of pages, the source and what is in it.
    expect(notion.sandbox.log.calls).toHaveLength(1 + 3 + 2 + 2);
  });

  it('count as read where their source in the tree was edited, at the cost of that alone', async () => {
    await start([manual()]);
    await notion.read(ROOT);
    notion.pass(HOUR);
    notion.sandbox.workspace.edit(notionId('source-page'), {
      replace: { blockId: notionId('shared'), with: paragraph('edited') },
    });
    notion.pass(HOUR);
    const calls = await notion.callsDuring(async () => {
      const { tree, fetchedPageIds } = await notion.read(ROOT);
      expect(copyIn(tree)).toEqual(['synced_block', '  edited', '    deep']);
      expect(fetchedPageIds).toEqual(
        new Set([notionId('source-page'), notionId('copy-page')]),
      );
    });
    // The root and its list; the page, its list and the two in it.
    expect(calls).toHaveLength(6);
    notion.pass(HOUR);
    expect((await notion.read(ROOT)).fetchedPageIds).toEqual(new Set());
  });

  it('are looked at with one call each reading where their source is outside of the tree', async () => {
    await start([manual(syncedCopy(notionId('foreign'))), elsewhere()]);
    const { tree } = await notion.read(ROOT);
    expect(copyIn(tree).slice(3)).toEqual(['synced_block', '  foreign']);
    notion.pass(HOUR);
    const calls = await notion.callsDuring(async () => {
      expect((await notion.read(ROOT)).fetchedPageIds).toEqual(new Set());
    });
    expect(calls).toHaveLength(3);

    notion.sandbox.workspace.edit(notionId('elsewhere'), {
      replace: { blockId: notionId('text'), with: paragraph('changed') },
    });
    notion.pass(HOUR);
    const changed = await notion.read(ROOT);
    expect(changed.fetchedPageIds).toEqual(new Set([notionId('copy-page')]));
    expect(copyIn(changed.tree).slice(3)).toEqual([
      'synced_block',
      '  changed',
    ]);
  });

  it('say so where their source is not shared', async () => {
    await start([manual(syncedCopy(notionId('foreign'))), elsewhere()]);
    notion.sandbox.workspace.unshare(notionId('elsewhere'));
    const { tree } = await notion.read(ROOT);
    expect(copyIn(tree).at(-1)).toMatch(/^synced_block !404 object_not_found/);
    notion.sandbox.workspace.share(notionId('elsewhere'));
    const shared = await notion.read(ROOT);
    expect(copyIn(shared.tree).at(-1)).toBe('  foreign');
    expect(shared.fetchedPageIds).toEqual(new Set([notionId('copy-page')]));
  });

  it('show copies in their source, and stop where those go round', async () => {
    await start([
      manual(syncedCopy(notionId('outer'))),
      page('Elsewhere').with(
        syncedBlock()
          .as('outer')
          .with(syncedCopy(notionId('inner'))),
        syncedBlock()
          .as('inner')
          .with(paragraph('innermost'), syncedCopy(notionId('outer'))),
      ),
    ]);
    const { tree } = await notion.read(ROOT);
    expect(copyIn(tree).slice(3)).toEqual([
      'synced_block',
      '  synced_block',
      '    innermost',
      '    synced_block !The synced block shows itself',
    ]);
    expect(notion.sandbox.log.repeated()).toEqual(new Map());
  });

  it('do not count as read because the files in them are signed anew', async () => {
    await start([
      manual(syncedCopy(notionId('pictures'))),
      page('Elsewhere').with(
        syncedBlock().as('pictures').with(blocks.image('photo.jpg')),
      ),
    ]);
    await notion.read(ROOT);
    notion.pass(HOUR);
    expect((await notion.read(ROOT)).fetchedPageIds).toEqual(new Set());
  });

  it('have pages in them once, below their source', async () => {
    await start([
      page('Manual')
        .as('manual')
        .with(
          page('A').with(
            syncedBlock().as('with-page').with(page('Inside').as('inside')),
          ),
          page('B').with(syncedCopy(notionId('with-page'))),
        ),
    ]);
    const { tree } = await notion.read(ROOT);
    expect(tree.children.map(({ children }) => children.length)).toEqual([
      1, 0,
    ]);
  });
});
