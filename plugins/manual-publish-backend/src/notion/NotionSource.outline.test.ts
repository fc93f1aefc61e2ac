import { NotionSandboxOptions, blocks, page } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { migratedDatabase } from '../database/__testUtils__/migratedDatabase';
import { ReadingUnderTest } from './__testUtils__/ReadingUnderTest';
import { MANUAL, manualPages } from './__testUtils__/manualPages';

const databases = testEngines();
const { paragraph } = blocks;

describe.each(databases.eachSupportedId())('Outlines on %s', engine => {
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

  it('name all pages, and cost the later reading nothing', async () => {
    await start();
    const { signal } = new AbortController();
    const outline = await notion.source.readOutline(MANUAL, { signal });
    expect(outline).toMatchObject({
      id: MANUAL,
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
      notion.source.readOutline(MANUAL, { signal }),
    );
    // No search, and none of the two paragraphs that have others below them.
    expect(calls).toHaveLength(13);
  });

  it('are followed by a reading that repeats only what lists pages', async () => {
    await start();
    const { signal } = new AbortController();
    await notion.source.readOutline(MANUAL, { signal });
    notion.pass(1);
    const calls = await notion.callsDuring(() => notion.read(MANUAL));
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
      (await notion.source.readOutline(MANUAL, { signal })).children.map(
        ({ title }) => title,
      );
    expect(await titles()).toEqual([]);
    await notion.read(MANUAL);
    expect(await titles()).toEqual(['Hidden']);
    notion.pass(60 * 60_000);
    notion.sandbox.workspace.edit(MANUAL);
    expect(await titles()).toEqual(['Hidden']);
  });
});
