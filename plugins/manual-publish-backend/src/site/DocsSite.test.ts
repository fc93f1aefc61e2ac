import { blocks, notionId, page, rich } from '@herald/sandbox';
import { stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { PageOutline as Outline } from '../source/ManualSource';
import { DocsUnderTest } from './__testUtils__/DocsUnderTest';
import { manualOf } from './__testUtils__/manualOf';

// Each file is compiled.
jest.setTimeout(60_000);

const { paragraph } = blocks;
describe('DocsSite', () => {
  let docs: DocsUnderTest;

  beforeEach(async () => {
    docs = await DocsUnderTest.create();
  });

  afterEach(() => docs.remove());

  const writtenAt = async (file: string) =>
    (await stat(path.join(docs.directory, file), { bigint: true })).mtimeNs;

  it('writes pages with text as files, folders with an index where they have text', async () => {
    const exported = await docs.export(manualOf());
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
    await docs.export(manualOf());
    const before = await writtenAt('docs/zcp/.herald.json');
    const page1 = await writtenAt('docs/zcp/faq.mdx');
    expect((await docs.export(manualOf())).changes).toEqual([]);
    expect(await writtenAt('docs/zcp/.herald.json')).toBe(before);
    expect(await writtenAt('docs/zcp/faq.mdx')).toBe(page1);
  });

  it('keeps a page at its place when its title changes', async () => {
    await docs.export(manualOf());
    const { changes } = await docs.export(manualOf({ title: 'Sky' }));
    expect(changes).toEqual([
      { id: notionId('sky'), title: 'Sky', change: 'changed' },
    ]);
    expect(await docs.read('docs/zcp/guides/하늘.mdx')).toContain(
      'title: "Sky"',
    );
  });

  it('puts a page and the links to it where its title says, when that is asked for', async () => {
    const manual = (title: string) =>
      page('Root')
        .as('root')
        .with(
          page(title).as('a').with(paragraph('x')),
          page('Links')
            .as('links')
            .with(blocks.linkToPage(notionId('a'))),
        );
    await docs.export(manual('Old'));
    const { changes } = await docs.export(manual('New'), { updateSlugs: true });
    expect(await docs.files()).not.toContain('docs/zcp/old.mdx');
    expect(await docs.read('docs/zcp/links.mdx')).toContain('[New](./new.mdx)');
    expect(changes).toContainEqual(
      expect.objectContaining({ id: notionId('a'), change: 'moved' }),
    );
  });

  it('says what a dry run would change and writes nothing', async () => {
    await docs.export(manualOf());
    const files = await docs.files();
    const { changes, documents } = await docs.export(
      manualOf({ text: 'Grey' }),
      {
        isDryRun: true,
      },
    );
    expect(changes).toEqual([
      { id: notionId('sky'), title: '하늘', change: 'changed' },
    ]);
    expect(documents).toHaveLength(4);
    expect(await docs.files()).toEqual(files);
    expect(await docs.read('docs/zcp/guides/하늘.mdx')).toContain('Blue');
  });

  it('moves pages with their translations, removes those of pages that are gone, and leaves no empty folder', async () => {
    const first = await docs.export(manualOf());
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
    await docs.export(manualOf());
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
    await docs.export(manualOf());
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
      await docs.export(manualOf());
      await docs.write('docs/zcp/faq.mdx', 'Changed by hand');
      const { changes, labels } = await docs.export(sky('Grey'), { ancestors });
      expect(changes).toEqual([
        { id: notionId('sky'), title: '하늘', change: 'changed' },
      ]);
      expect(labels.map(each => each.text)).toEqual(['ZCP manual', 'Guides']);
      expect(await docs.read('docs/zcp/faq.mdx')).toBe('Changed by hand');
      expect(await docs.read('docs/zcp/guides/하늘.mdx')).toContain('Grey');
      expect((await docs.export(manualOf({ text: 'Grey' }))).changes).toEqual([
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
      const { changes } = await docs.export(manualOf());
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
    await expect(docs.export(manualOf())).rejects.toThrow(
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
    await docs.export(manualOf());
    expect(await docs.files()).not.toContain('elsewhere/하늘.mdx');
    expect(await docs.read('elsewhere/keep')).toBe('x');
  });
});
