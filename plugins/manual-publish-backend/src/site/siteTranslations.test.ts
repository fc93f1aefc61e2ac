import { notionId } from '@herald/sandbox';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { DocsUnderTest, zcp } from './__testUtils__/DocsUnderTest';
import { manualOf } from './__testUtils__/manualOf';

// Each file is compiled.
jest.setTimeout(60_000);

const byKey = (a: { key: string }, b: { key: string }) =>
  a.key < b.key ? -1 : 1;

describe('translations of the site', () => {
  let docs: DocsUnderTest;
  beforeEach(async () => {
    docs = await DocsUnderTest.create();
  });
  afterEach(() => docs.remove());

  const writtenAt = async (file: string) =>
    (await stat(path.join(docs.directory, file), { bigint: true })).mtimeNs;
  const I18N = 'i18n/ko/docusaurus-plugin-content-docs';

  it('go beside their sources’ paths, labels among those of others', async () => {
    const other = { 'sidebar.docs.category.x': { message: '다른' } };
    await docs.write(`${I18N}/current.json`, JSON.stringify(other));
    const exported = await docs.export(manualOf());
    const paths = await docs.translate(exported, 'ko');
    expect(paths).toContain(`${I18N}/current.json`);
    expect(await docs.read(`${I18N}/current/zcp/guides/하늘.mdx`)).toBe(
      '---\ntitle: "하늘"\nsidebar_position: 1\n---\n\nBlue\n\nko\n',
    );
    const labels = JSON.parse(await docs.read(`${I18N}/current.json`));
    expect(labels).toEqual({
      ...other,
      [`sidebar.docs.category.zcp-${notionId('root')}`]: {
        message: 'ko: ZCP manual',
        description: "The label for category 'ZCP manual' in sidebar 'docs'",
      },
      [`sidebar.docs.category.zcp-${notionId('guides')}`]: {
        message: 'ko: Guides',
        description: "The label for category 'Guides' in sidebar 'docs'",
      },
    });
  });

  it('are made from the files after a restart as from what was exported', async () => {
    const exported = await docs.export(manualOf());
    const read = await docs.site.documentsOf({
      solution: zcp,
      pageIds: new Set(exported.pages.map(each => each.pageId)),
      directory: docs.directory,
    });
    await docs.translate(exported, 'ko');
    const before = await docs.read(`${I18N}/current/zcp/index.mdx`);
    await docs.translate(read, 'ko');
    expect(await docs.read(`${I18N}/current/zcp/index.mdx`)).toBe(before);
    expect(read.documents.map(each => each.pageId).sort()).toEqual(
      exported.documents.map(each => each.pageId).sort(),
    );
    expect([...read.labels].sort(byKey)).toEqual(
      [...exported.labels].sort(byKey),
    );
  });

  it('touch nothing when nothing changed', async () => {
    const exported = await docs.export(manualOf());
    await docs.translate(exported, 'ko');
    const before = await writtenAt(`${I18N}/current.json`);
    await docs.translate(await docs.export(manualOf()), 'ko');
    expect(await writtenAt(`${I18N}/current.json`)).toBe(before);
  });

  it('refuse labels that are no JSON', async () => {
    await docs.write(`${I18N}/current.json`, '{');
    const exported = await docs.export(manualOf());
    await expect(docs.translate(exported, 'ko')).rejects.toThrow(
      'current.json in the repository is no JSON object',
    );
  });
});
