import { blocks, notionId, page, PageDraft, rich } from '@herald/sandbox';
import { DocsUnderTest } from './__testUtils__/DocsUnderTest';

// Each file is compiled.
jest.setTimeout(60_000);

const { paragraph, heading2, linkToPage } = blocks;
const JA = 'i18n/ja/docusaurus-plugin-content-docs/current/zcp';
const KO = JA.replace('ja', 'ko');
const above = { ancestors: [notionId('root')] };
const url = (key: string, block: string) =>
  `https://www.notion.so/${notionId(key).replaceAll('-', '')}#${notionId(
    block,
  ).replaceAll('-', '')}`;

const sky = (...headings: PageDraft['children']) =>
  page('Sky')
    .as('sky')
    .with(...headings, paragraph('Up'));
const blue = (text = 'Blue') => heading2(text).as('blue');
const faq = () =>
  page('FAQ')
    .as('faq')
    .with(
      paragraph(rich.link('see', url('sky', 'blue'))),
      linkToPage(notionId('sky')),
    );
const root = (skyPage = sky(blue())) =>
  page('ZCP manual').as('root').with(paragraph('Welcome'), skyPage, faq());

describe('a page that is published alone', () => {
  let docs: DocsUnderTest;
  beforeEach(async () => {
    docs = await DocsUnderTest.create();
    await docs.translate(await docs.export(root()), 'ja', 'ko');
  });
  afterEach(() => docs.remove());

  it('keeps titles of pages and headings that it links to, and changes nothing', async () => {
    const before = await docs.read('docs/zcp/.herald.json');
    const { changes } = await docs.export(faq(), above);
    expect(changes).toEqual([]);
    expect(docs.warnings).toEqual([]);
    expect(await docs.read('docs/zcp/faq.mdx')).toContain(
      '[see](./sky.mdx#blue)\n\n[Sky](./sky.mdx)',
    );
    expect(await docs.read('docs/zcp/.herald.json')).toBe(before);
  });

  it('keeps the ids of headings whose texts have changed', async () => {
    await docs.export(sky(heading2('Blue'), blue('Azure')), above);
    expect(await docs.read('docs/zcp/sky.mdx')).toContain(
      '## Blue {/* #blue-1 */}\n\n## Azure {/* #blue */}',
    );
    expect(await docs.read('docs/zcp/faq.mdx')).toContain('./sky.mdx#blue)');
  });

  it('leaves no link to a heading that is gone, in any language', async () => {
    const exported = await docs.export(sky(heading2('Other')), above);
    await docs.translate(exported, 'ja');
    for (const folder of ['docs/zcp', JA, KO]) {
      expect(await docs.read(`${folder}/faq.mdx`)).toContain(
        '[see](./sky.mdx)',
      );
    }
    expect(docs.warnings).toEqual([]);
  });

  it('has no link to a heading that an older translation does not have yet', async () => {
    const red = heading2('Red').as('red');
    await docs.translate(await docs.export(sky(blue(), red), above), 'ja');
    const question = page('FAQ')
      .as('faq')
      .with(paragraph(rich.link('see', url('sky', 'red'))));
    await docs.translate(await docs.export(question, above), 'ja', 'ko');
    for (const folder of ['docs/zcp', JA]) {
      expect(await docs.read(`${folder}/faq.mdx`)).toContain('./sky.mdx#red)');
    }
    expect(await docs.read(`${KO}/faq.mdx`)).toContain('[see](./sky.mdx)');
  });

  it('has no link to a heading without text, which is not written', async () => {
    await docs.export(root(sky(blue(''))));
    expect(await docs.read('docs/zcp/faq.mdx')).toContain('[see](./sky.mdx)');
  });

  it('is no worse where the manifest is of the first version, which is written anew', async () => {
    const manifest = JSON.parse(await docs.read('docs/zcp/.herald.json'));
    for (const each of Object.values<{ headings?: object }>(manifest.pages)) {
      delete each.headings;
    }
    await docs.write(
      'docs/zcp/.herald.json',
      JSON.stringify({ ...manifest, version: 1 }),
    );
    await docs.export(sky(heading2('Other')), above);
    expect(await docs.read(`${KO}/faq.mdx`)).toContain('[see](./sky.mdx)');
    const written = JSON.parse(await docs.read('docs/zcp/.herald.json'));
    expect(written.version).toBe(2);
  });

  it('is refused where the manifest has pages in a circle', async () => {
    const manifest = JSON.parse(await docs.read('docs/zcp/.herald.json'));
    manifest.pages[notionId('root')].parent = notionId('faq');
    await docs.write('docs/zcp/.herald.json', JSON.stringify(manifest));
    await expect(docs.export(faq(), above)).rejects.toThrow(
      /\.herald\.json is damaged at pages\.[0-9a-f-]+\.parent/,
    );
  });

  it('is refused where a newer Herald was at work', async () => {
    await docs.write('docs/zcp/.herald.json', '{"version": 3, "sites": []}');
    await expect(docs.export(faq(), above)).rejects.toThrow(
      'written by a newer Herald (version 3, this one reads 2)',
    );
  });
});
