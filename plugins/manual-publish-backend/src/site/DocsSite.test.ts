import { blocks, notionId, page, rich } from '@herald/sandbox';
import { stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PageOutline as Outline } from '../source/ManualSource';
import { DocsUnderTest, zcp } from './__testUtils__/DocsUnderTest';

// Each file is compiled.
jest.setTimeout(60_000);

const { paragraph } = blocks;
const byKey = (a: { key: string }, b: { key: string }) =>
  a.key < b.key ? -1 : 1;

/** Root with text; a folder without text; a page. */
const manual = (options: { title?: string; text?: string } = {}) =>
  page('ZCP manual')
    .as('root')
    .with(
      paragraph('Welcome'),
      page('Guides')
        .as('guides')
        .with(
          page(options.title ?? '하늘')
            .as('sky')
            .with(paragraph(options.text ?? 'Blue')),
          page('CON').as('con').with(paragraph('x')),
        ),
      page('FAQ').as('faq').with(paragraph('Ask')),
    );

describe('DocsSite', () => {
  let docs: DocsUnderTest;

  beforeEach(async () => {
    docs = await DocsUnderTest.create();
  });

  afterEach(() => docs.remove());

  const writtenAt = async (file: string) =>
    (await stat(path.join(docs.directory, file), { bigint: true })).mtimeNs;

  it('writes pages with text as files, folders with an index where they have text', async () => {
    const exported = await docs.export(manual());
    expect(await docs.files()).toEqual([
      'docs/zcp/.herald.json',
      'docs/zcp/_category_.json',
      'docs/zcp/faq.mdx',
      'docs/zcp/guides/_category_.json',
      'docs/zcp/guides/page-con.mdx',
      'docs/zcp/guides/하늘.mdx',
      'docs/zcp/index.mdx',
    ]);
    expect(await docs.read('docs/zcp/guides/하늘.mdx')).toBe(
      '---\ntitle: "하늘"\nsidebar_position: 1\n---\n\nBlue\n',
    );
    expect(
      JSON.parse(await docs.read('docs/zcp/guides/_category_.json')),
    ).toEqual({
      key: `zcp-${notionId('guides')}`,
      label: 'Guides',
      position: 1,
      link: null,
    });
    expect(JSON.parse(await docs.read('docs/zcp/_category_.json'))).toEqual({
      key: `zcp-${notionId('root')}`,
      label: 'ZCP manual',
      position: 2,
      link: { type: 'doc', id: 'index' },
    });
    expect(exported.changes.map(each => each.change)).toEqual(
      Array(5).fill('added'),
    );
    expect(exported.labels).toEqual([
      { key: notionId('root'), text: 'ZCP manual' },
      { key: notionId('guides'), text: 'Guides' },
    ]);
    expect(docs.warnings).toEqual([]);
  });

  it('touches nothing when nothing changed', async () => {
    await docs.export(manual());
    const before = await writtenAt('docs/zcp/.herald.json');
    const page1 = await writtenAt('docs/zcp/faq.mdx');
    expect((await docs.export(manual())).changes).toEqual([]);
    expect(await writtenAt('docs/zcp/.herald.json')).toBe(before);
    expect(await writtenAt('docs/zcp/faq.mdx')).toBe(page1);
  });

  it('keeps a page at its place when its title changes', async () => {
    await docs.export(manual());
    const { changes } = await docs.export(manual({ title: 'Sky' }));
    expect(changes).toEqual([
      { id: notionId('sky'), title: 'Sky', change: 'changed' },
    ]);
    expect(await docs.read('docs/zcp/guides/하늘.mdx')).toContain(
      'title: "Sky"',
    );
  });

  it('says what a dry run would change and writes nothing', async () => {
    await docs.export(manual());
    const files = await docs.files();
    const { changes, documents } = await docs.export(manual({ text: 'Grey' }), {
      isDryRun: true,
    });
    expect(changes).toEqual([
      { id: notionId('sky'), title: '하늘', change: 'changed' },
    ]);
    expect(documents).toHaveLength(4);
    expect(await docs.files()).toEqual(files);
    expect(await docs.read('docs/zcp/guides/하늘.mdx')).toContain('Blue');
  });

  it('moves pages with their translations, removes those of pages that are gone, and leaves no empty folder', async () => {
    const first = await docs.export(manual());
    await docs.translate(first, 'ko', 'ja');
    const { changes, removedPageIds } = await docs.export(
      page('ZCP manual')
        .as('root')
        .with(
          paragraph('Welcome'),
          page('하늘').as('sky').with(paragraph('Blue')),
          page('FAQ').as('faq').with(paragraph('Ask')),
        ),
    );
    expect(
      changes.map(({ title, change }) => `${title} ${change}`).sort(),
    ).toEqual([
      'CON removed',
      'Guides removed',
      'ZCP manual changed',
      '하늘 moved',
    ]);
    expect([...removedPageIds].sort()).toEqual(
      [notionId('con'), notionId('guides')].sort(),
    );
    const i18n = (language: string) =>
      `i18n/${language}/docusaurus-plugin-content-docs`;
    const translated = (language: string) => [
      `${i18n(language)}/current.json`,
      `${i18n(language)}/current/zcp/faq.mdx`,
      `${i18n(language)}/current/zcp/index.mdx`,
      `${i18n(language)}/current/zcp/하늘.mdx`,
    ];
    expect(await docs.files()).toEqual([
      'docs/zcp/.herald.json',
      'docs/zcp/_category_.json',
      'docs/zcp/faq.mdx',
      'docs/zcp/index.mdx',
      'docs/zcp/하늘.mdx',
      ...translated('ja'),
      ...translated('ko'),
    ]);
    expect(await docs.folders()).not.toContain('docs/zcp/guides');
    expect(docs.warnings).toEqual([]);
    expect(await docs.read(`${i18n('ko')}/current.json`)).not.toContain(
      notionId('guides'),
    );
  });

  it('leaves people’s own files where they are and gives their names to no page', async () => {
    await docs.write('docs/zcp/faq.md', 'Mine');
    await docs.write('docs/zcp/guides/own.png', 'Mine');
    await docs.write('docs/zcp/index.mdx', 'Mine');
    await docs.export(manual());
    await docs.export(page('ZCP manual').as('root').with(paragraph('Welcome')));
    expect(await docs.files()).toEqual([
      'docs/zcp/.herald.json',
      'docs/zcp/_category_.json',
      'docs/zcp/faq.md',
      'docs/zcp/guides/own.png',
      'docs/zcp/index.mdx',
    ]);
    expect(await docs.read('docs/zcp/faq.md')).toBe('Mine');
  });

  it('takes over an index that somebody wrote, and says so', async () => {
    await docs.write('docs/zcp/index.mdx', 'Mine');
    await docs.export(manual());
    expect(docs.warnings.map(({ code, message }) => [code, message])).toEqual([
      ['file-taken-over', expect.stringContaining('docs/zcp/index.mdx')],
    ]);
  });

  it('links pages by their files and headings, a folder without text by its first page', async () => {
    await docs.export(
      page('ZCP manual')
        .as('root')
        .with(
          paragraph(
            rich.mention.page(notionId('sky'), 'Sky'),
            ' ',
            rich.mention.page(notionId('guides'), 'Guides'),
          ),
          page('Guides')
            .as('guides')
            .with(
              page('Sky')
                .as('sky')
                .with(
                  blocks.heading2('Blue').as('blue'),
                  paragraph(
                    rich.link(
                      'up',
                      `https://www.notion.so/${notionId('root').replaceAll(
                        '-',
                        '',
                      )}`,
                    ),
                  ),
                  paragraph(
                    rich.link(
                      'here',
                      `https://www.notion.so/${notionId('sky').replaceAll(
                        '-',
                        '',
                      )}#${notionId('blue').replaceAll('-', '')}`,
                    ),
                  ),
                ),
            ),
        ),
    );
    const index = await docs.read('docs/zcp/index.mdx');
    expect(index.match(/\.\/guides\/sky\.mdx/g)).toHaveLength(3);
    const sky = await docs.read('docs/zcp/guides/sky.mdx');
    expect(sky).toContain('[up](../index.mdx)');
    expect(sky).toContain('[here](./sky.mdx#blue)');
  });

  describe('publishing a page below the root', () => {
    const sky = (text: string) => page('하늘').as('sky').with(paragraph(text));
    const ancestors = [notionId('guides'), notionId('root')];

    it('touches nothing but its files', async () => {
      await docs.export(manual());
      await docs.write('docs/zcp/faq.mdx', 'Changed by hand');
      const { changes, labels } = await docs.export(sky('Grey'), { ancestors });
      expect(changes).toEqual([
        { id: notionId('sky'), title: '하늘', change: 'changed' },
      ]);
      expect(labels.map(each => each.text)).toEqual(['ZCP manual', 'Guides']);
      expect(await docs.read('docs/zcp/faq.mdx')).toBe('Changed by hand');
      expect(await docs.read('docs/zcp/guides/하늘.mdx')).toContain('Grey');
      expect((await docs.export(manual({ text: 'Grey' }))).changes).toEqual([
        { id: notionId('faq'), title: 'FAQ', change: 'changed' },
      ]);
    });

    it('makes the folders above where nothing was published yet', async () => {
      const outline = (
        key: string,
        title: string,
        ...children: Outline[]
      ): Outline => ({
        id: notionId(key),
        title,
        url: '',
        lastEditedAt: new Date(0),
        children,
      });
      docs.outline = outline(
        'root',
        'ZCP manual',
        outline('faq', 'FAQ'),
        outline(
          'guides',
          'Guides',
          outline('con', 'CON'),
          outline('sky', '하늘'),
        ),
      );
      await docs.export(sky('Blue'), { ancestors });
      expect(await docs.files()).toEqual([
        'docs/zcp/.herald.json',
        'docs/zcp/_category_.json',
        'docs/zcp/guides/_category_.json',
        'docs/zcp/guides/하늘.mdx',
      ]);
      expect(await docs.read('docs/zcp/guides/_category_.json')).toContain(
        '"position": 2',
      );
      expect(await docs.read('docs/zcp/guides/하늘.mdx')).toContain(
        'sidebar_position: 2',
      );
      expect(await docs.read('docs/zcp/_category_.json')).toContain(
        '"position": 2',
      );
      const { changes } = await docs.export(manual());
      expect(await docs.files()).toContain('docs/zcp/guides/하늘.mdx');
      expect(changes.filter(each => each.change === 'removed')).toEqual([]);
    });

    it('refuses a page that is not of the solution', async () => {
      docs.outline = {
        id: notionId('root'),
        title: 'ZCP manual',
        url: '',
        lastEditedAt: new Date(0),
        children: [],
      };
      await expect(
        docs.export(sky('Blue'), { ancestors: [notionId('other')] }),
      ).rejects.toMatchObject({ name: 'FaultyPage' });
      expect(await docs.files()).toEqual([]);
    });

    it('makes links right in pages elsewhere, which it does not publish', async () => {
      const linked = (...below: ReturnType<typeof sky>[]) =>
        page('ZCP manual')
          .as('root')
          .with(
            paragraph(rich.mention.page(notionId('sky'), 'Sky')),
            page('Guides')
              .as('guides')
              .with(paragraph('Text'), ...below),
          );
      await docs.translate(await docs.export(linked(sky('Blue'))), 'ko');
      await docs.export(page('Guides').as('guides').with(paragraph('Text')), {
        ancestors: [notionId('root')],
      });
      expect(docs.warnings).toEqual([
        expect.objectContaining({
          code: 'link-stale',
          pageId: notionId('root'),
          pageTitle: 'ZCP manual',
        }),
      ]);
      const notion = `(https://www.notion.so/${notionId('sky').replaceAll(
        '-',
        '',
      )})`;
      const index = await docs.read('docs/zcp/index.mdx');
      expect(index).toContain(notion);
      // Guides is a page now, and no folder.
      expect(index).toContain('](./guides.mdx)');
      const translated = await docs.read(
        'i18n/ko/docusaurus-plugin-content-docs/current/zcp/index.mdx',
      );
      expect(translated).toContain(notion);
      expect(translated).toContain('](./guides.mdx)');
    });
  });

  describe('media', () => {
    const picture = (file: string) => ({
      hash: 'abc123',
      extension: 'png',
      type: 'image/png',
      bytes: 3,
      file,
    });
    const withPicture = page('ZCP manual')
      .as('root')
      .with(blocks.image('picture.png', 'A picture'));

    it('are copied once, linked from everywhere alike, and removed when no page shows them', async () => {
      const copy = path.join(docs.directory, 'copy.png');
      await writeFile(copy, 'png');
      docs.media.set('picture.png', picture(copy));
      await docs.export(withPicture);
      expect(await docs.read('static/manuals/zcp/abc123.png')).toBe('png');
      expect(await docs.read('docs/zcp/index.mdx')).toContain(
        '(@site/static/manuals/zcp/abc123.png)',
      );
      await docs.write('static/manuals/zcp/own.png', 'Mine');
      await docs.export(page('ZCP manual').as('root').with(paragraph('x')));
      expect(await docs.files()).not.toContain('static/manuals/zcp/abc123.png');
      expect(await docs.files()).toContain('static/manuals/zcp/own.png');
    });

    it('that cannot be had are a warning that says why', async () => {
      await docs.export(withPicture);
      expect(docs.warnings).toEqual([
        expect.objectContaining({
          code: 'media-failed',
          message: expect.stringContaining('it is gone'),
        }),
      ]);
    });
  });

  describe('translations', () => {
    const I18N = 'i18n/ko/docusaurus-plugin-content-docs';

    it('go beside their sources’ paths, labels among those of others', async () => {
      const other = { 'sidebar.docs.category.x': { message: '다른' } };
      await docs.write(`${I18N}/current.json`, JSON.stringify(other));
      const exported = await docs.export(manual());
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
      const exported = await docs.export(manual());
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
      const exported = await docs.export(manual());
      await docs.translate(exported, 'ko');
      const before = await writtenAt(`${I18N}/current.json`);
      await docs.translate(await docs.export(manual()), 'ko');
      expect(await writtenAt(`${I18N}/current.json`)).toBe(before);
    });

    it('refuse labels that are no JSON', async () => {
      await docs.write(`${I18N}/current.json`, '{');
      const exported = await docs.export(manual());
      await expect(docs.translate(exported, 'ko')).rejects.toThrow(
        'current.json in the repository is no JSON object',
      );
    });
  });

  it.each([
    ['{'],
    ['{"version":1,"pages":{"../../x":{}}}'],
    [
      `{"version":1,"pages":{"${notionId(
        'x',
      )}":{"title":"x","parent":null,"position":1,"file":"../../../x.mdx","media":[],"links":[],"translations":[]}}}`,
    ],
  ])('refuses a manifest that is not its own: %s', async manifest => {
    await docs.write('docs/zcp/.herald.json', manifest);
    await expect(docs.export(manual())).rejects.toThrow(
      'docs/zcp/.herald.json is damaged',
    );
  });

  it('does not follow links that are in the repository', async () => {
    await docs.write('elsewhere/keep', 'x');
    await docs.write('docs/zcp/keep', 'x');
    await symlink(
      path.join(docs.directory, 'elsewhere'),
      path.join(docs.directory, 'docs/zcp/guides'),
    );
    await docs.export(manual());
    expect(await docs.files()).not.toContain('elsewhere/하늘.mdx');
    expect(await docs.read('elsewhere/keep')).toBe('x');
  });
});
