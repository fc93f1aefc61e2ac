import { blocks, notionId, page } from '@herald/sandbox';
import { DocsUnderTest, zcp } from './__testUtils__/DocsUnderTest';

// Each file is compiled.
jest.setTimeout(60_000);

const apim = { ...zcp, name: 'APIM', type: 'apim', rootPageId: notionId('b') };
const LABELS = 'i18n/ko/docusaurus-plugin-content-docs/current.json';
const guides = () =>
  page('Guides')
    .as('guides')
    .with(page('Sky').as('sky').with(blocks.paragraph('Blue')));
const keyOf = (key: string) => `sidebar.docs.category.${key}`;

describe('labels of categories in the site', () => {
  let docs: DocsUnderTest;
  beforeEach(async () => {
    docs = await DocsUnderTest.create();
  });
  afterEach(() => docs.remove());

  const labels = async () => JSON.parse(await docs.read(LABELS));

  it('of a folder that moves to another solution are of both, and the one that it leaves takes none along', async () => {
    const first = await docs.export(page('A').as('root').with(guides()));
    await docs.translate(first, 'ko');
    const second = await docs.export(page('B').as('b').with(guides()), {
      solution: apim,
    });
    await docs.translateOf(apim, second, 'ko');
    const keys = await Promise.all(
      ['zcp', 'apim'].map(async folder => {
        const file = await docs.read(`docs/${folder}/guides/_category_.json`);
        return JSON.parse(file).key;
      }),
    );
    expect(new Set(keys).size).toBe(2);

    await docs.export(page('A').as('root'));
    expect(Object.keys(await labels())).not.toContain(
      keyOf(`zcp-${notionId('guides')}`),
    );
    expect(await labels()).toMatchObject({
      [keyOf(`apim-${notionId('guides')}`)]: { message: 'ko: Guides' },
    });
  });

  it('that an older Herald wrote get the keys of today, with what they say', async () => {
    const tree = page('A').as('root').with(guides());
    await docs.export(tree);
    const former = { message: '안내' };
    const own = { message: '다른' };
    await docs.write(
      LABELS,
      JSON.stringify({ [keyOf(notionId('guides'))]: former, own }),
    );
    await docs.export(tree);
    expect(await labels()).toEqual({
      own,
      [keyOf(`zcp-${notionId('guides')}`)]: former,
    });
  });
});
