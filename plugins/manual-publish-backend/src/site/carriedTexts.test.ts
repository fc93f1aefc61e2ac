import { blocks, notionId, page, rich } from '@herald/sandbox';
import { DocsUnderTest } from './__testUtils__/DocsUnderTest';

// Each file is compiled.
jest.setTimeout(60_000);

const { paragraph, heading2 } = blocks;
const JA = 'i18n/ja/docusaurus-plugin-content-docs/current/zcp';
const url = (key: string) =>
  `https://www.notion.so/${notionId(key).replaceAll('-', '')}`;
const linkTo = (text: string, key: string, block?: string) =>
  rich.link(
    text,
    block === undefined
      ? url(key)
      : `${url(key)}#${notionId(block).replaceAll('-', '')}`,
  );

const sky = () =>
  page('Sky')
    .as('sky')
    .with(
      heading2('Blue').as('blue'),
      paragraph(linkTo('sea', 'sea'), ' ', linkTo('ask', 'faq')),
    );
const sea = () =>
  page('Sea')
    .as('sea')
    .with(paragraph(linkTo('sky', 'sky', 'blue')));
const faq = () =>
  page('FAQ')
    .as('faq')
    .with(
      paragraph(
        linkTo('see', 'sky', 'blue'),
        rich.link('web', 'https://example.com'),
      ),
    );

const nested = () =>
  page('ZCP manual')
    .as('root')
    .with(
      paragraph('Welcome'),
      page('Guides').as('guides').with(sky(), sea()),
      faq(),
    );

describe('what is not written anew', () => {
  let docs: DocsUnderTest;
  beforeEach(async () => {
    docs = await DocsUnderTest.create();
    await docs.translate(await docs.export(nested()), 'ja');
  });
  afterEach(() => docs.remove());

  it('has right links where its page has moved, and where a page has moved that it links to', async () => {
    expect(await docs.read(`${JA}/faq.mdx`)).toContain(
      '[see](./guides/sky.mdx#blue)',
    );
    await docs.export(
      page('ZCP manual')
        .as('root')
        .with(
          paragraph('Welcome'),
          page('Guides').as('guides').with(sea()),
          page('More').as('more').with(sky(), faq()),
        ),
    );
    expect(docs.warnings).toEqual([]);
    // In its folder it finds its neighbour, and another folder by the way up.
    const moved = await docs.read(`${JA}/more/sky.mdx`);
    expect(moved).toContain('[sea](../guides/sea.mdx) [ask](./faq.mdx)');
    expect(moved).toContain('\n\nja\n');
    expect(await docs.read(`${JA}/guides/sea.mdx`)).toContain(
      '[sky](../more/sky.mdx#blue)',
    );
    expect(await docs.read(`${JA}/more/faq.mdx`)).toContain(
      '[see](./sky.mdx#blue)[web](https://example.com)',
    );
    expect(await docs.files()).not.toContain(`${JA}/guides/sky.mdx`);
    expect(await docs.files()).not.toContain(`${JA}/faq.mdx`);
  });

  it('is put right where two pages have changed places', async () => {
    const renamed = (first: string, second: string) =>
      page('ZCP manual')
        .as('root')
        .with(
          paragraph('Welcome'),
          page('Guides')
            .as('guides')
            .with(page('Sky').as(first).with(paragraph(first))),
          page('Other')
            .as('other')
            .with(page('Sky').as(second).with(paragraph(second))),
        );
    await docs.translate(await docs.export(renamed('one', 'two')), 'ja');
    expect(await docs.read(`${JA}/guides/sky.mdx`)).toContain('one');
    await docs.export(renamed('two', 'one'));
    expect(await docs.read(`${JA}/guides/sky.mdx`)).toContain('two');
    expect(await docs.read(`${JA}/other/sky.mdx`)).toContain('one');
  });

  it('stands where its source does among its neighbours', async () => {
    await docs.export(
      page('ZCP manual')
        .as('root')
        .with(
          paragraph('Welcome'),
          page('New').as('new').with(paragraph('x')),
          page('Guides').as('guides').with(sky(), sea()),
          faq(),
        ),
    );
    const translated = await docs.read(`${JA}/faq.mdx`);
    expect(translated).toContain('sidebar_position: 3\n');
    expect(translated).toContain('\n\nja\n');
  });

  it('leads to Notion where a page is gone, whose own translation goes', async () => {
    await docs.export(
      page('ZCP manual')
        .as('root')
        .with(
          paragraph('Welcome'),
          page('Guides').as('guides').with(sea()),
          faq(),
        ),
    );
    expect(await docs.files()).not.toContain(`${JA}/guides/sky.mdx`);
    expect(await docs.read(`${JA}/faq.mdx`)).toContain(`[see](${url('sky')})`);
    expect(await docs.read(`${JA}/guides/sea.mdx`)).toContain(
      `[sky](${url('sky')})`,
    );
  });

  it('is dropped with a warning where somebody made it unreadable', async () => {
    await docs.write(
      `${JA}/faq.mdx`,
      '---\ntitle: x\n---\n\n{broken guides/sky.mdx\n',
    );
    await docs.export(
      page('ZCP manual')
        .as('root')
        .with(paragraph('Welcome'), sky(), sea(), faq()),
    );
    expect(docs.warnings).toEqual([
      expect.objectContaining({
        code: 'translation-dropped',
        pageTitle: 'FAQ',
        language: 'ja',
      }),
    ]);
    expect(await docs.files()).not.toContain(`${JA}/faq.mdx`);
    expect(await docs.read('docs/zcp/.herald.json')).toContain('"sky.mdx"');
  });

  it('is not looked for where somebody removed it', async () => {
    await docs.removeFile(`${JA}/guides/sky.mdx`);
    await docs.export(
      page('ZCP manual')
        .as('root')
        .with(paragraph('Welcome'), sky(), sea(), faq()),
    );
    expect(docs.warnings).toEqual([]);
    const manifest = JSON.parse(await docs.read('docs/zcp/.herald.json'));
    expect(manifest.pages[notionId('sky')].translations).toEqual([]);
    expect(manifest.pages[notionId('sea')].translations).toEqual(['ja']);
  });

  describe('of pages that Notion lists and does not show', () => {
    const guides = (...pages: ReturnType<typeof page>[]) =>
      page('ZCP manual')
        .as('root')
        .with(
          paragraph('Welcome'),
          page('Guides')
            .as('guides')
            .with(...pages),
          faq(),
        );

    it('stays, and its neighbours keep their places and their links', async () => {
      const withSky = () =>
        page('ZCP manual')
          .as('root')
          .with(
            sky(),
            page('Sea')
              .as('sea')
              .with(paragraph(linkTo('sky', 'sky'))),
            page('FAQ').as('faq').with(paragraph('x')),
          );
      await docs.export(withSky());
      const before = await docs.files();
      const { changes, removedPageIds } = await docs.export(withSky(), {
        withheld: ['sky'],
      });
      expect(changes).toEqual([]);
      expect(removedPageIds).toEqual([]);
      expect(await docs.files()).toEqual(before);
      expect(docs.warnings).toEqual([
        expect.objectContaining({
          code: 'page-withheld',
          pageId: notionId('sky'),
          message: expect.stringContaining('stays on the site'),
        }),
      ]);
    });

    it('stays with all below it, and goes where its folder goes', async () => {
      await docs.export(
        page('ZCP manual')
          .as('root')
          .with(
            paragraph('Welcome'),
            page('More')
              .as('more')
              .with(page('Guides').as('guides').with(sky(), sea())),
            faq(),
          ),
        { withheld: ['guides'] },
      );
      expect(await docs.read('docs/zcp/more/guides/sky.mdx')).toContain(
        '[sea](./sea.mdx) [ask](../../faq.mdx)',
      );
      expect(await docs.read(`${JA}/more/guides/sky.mdx`)).toContain(
        '[sea](./sea.mdx) [ask](../../faq.mdx)',
      );
      expect(await docs.read(`${JA}/faq.mdx`)).toContain(
        '[see](./more/guides/sky.mdx#blue)',
      );
      expect(await docs.files()).toContain(
        'docs/zcp/more/guides/_category_.json',
      );
      expect(await docs.files()).not.toContain('docs/zcp/guides/sky.mdx');
    });

    it('is left out where it never was published', async () => {
      await docs.export(guides(sky(), sea(), page('Secret').as('secret')), {
        withheld: ['secret'],
      });
      expect(docs.warnings).toEqual([
        expect.objectContaining({
          code: 'page-withheld',
          message: expect.stringContaining('left out'),
        }),
      ]);
    });
  });
});
