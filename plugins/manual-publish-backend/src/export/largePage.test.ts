import { blocks as b, BlockDraft, rich } from '@herald/sandbox';
import { proveMdx } from '../mdx/proveMdx';
import { writeMdx } from '../mdx/writeMdx';
import { everythingThere } from './__testUtils__/contexts';
import { snapshotWith } from './__testUtils__/snapshotOf';
import { convertPage } from './convertPage';

const options = { headingIds: 'mdx' } as const;

async function proven(drafts: BlockDraft[]): Promise<string> {
  const { root } = convertPage(snapshotWith(...drafts), everythingThere);
  const text = writeMdx(root, options);
  await proveMdx(text, root, options);
  return text;
}

/** The bound is far above what was measured: it is to fail for what grows with the square, not for a busy machine. */
describe('a large page', () => {
  const manyBlocks = (count: number) =>
    Array.from({ length: count / 4 }, (_, index) => [
      b.heading2(`Heading ${index % 50}`),
      b.paragraph('Some ', rich.bold('bold'), ' ', rich.inlineCode('code')),
      b.bulleted('An item'),
      b.bulleted('Another one'),
    ]).flat();

  it('of 10,000 blocks is converted', () => {
    const snapshot = snapshotWith(...manyBlocks(10_000));
    const began = performance.now();
    const { root } = convertPage(snapshot, everythingThere);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(root.children).toHaveLength(7_500);
  });

  it('of 10,000 blocks is written and proven', async () => {
    const began = performance.now();
    const text = await proven(manyBlocks(10_000));
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(text.match(/^## /gm)).toHaveLength(2_500);
  }, 60_000);

  it.each([
    ['lists', (inner: BlockDraft) => b.bulleted('level').with(inner)],
    ['quotes', (inner: BlockDraft) => b.quote('level').with(inner)],
    ['callouts', (inner: BlockDraft) => b.callout('level').with(inner)],
    ['toggles', (inner: BlockDraft) => b.toggle('level').with(inner)],
    [
      'columns',
      (inner: BlockDraft) => b.columns([inner], [b.paragraph('beside')]),
    ],
  ])(
    'is nested 20 deep: %s',
    async (_, wrap) => {
      let draft = b.paragraph('innermost {').with(b.code('x', 'yaml'));
      for (let depth = 0; depth < 20; depth += 1) draft = wrap(draft);
      const text = await proven([draft]);
      expect(text).toContain('innermost \\{');
    },
    30_000,
  );

  // Each of them may be read by itself, and would have been: for an hour, with nothing else done meanwhile.
  it('of very many texts that take long to read has most of them as code', () => {
    const junk = `${'[*'.repeat(2_450)}a`;
    const { root, warnings } = convertPage(
      snapshotWith(...Array.from({ length: 300 }, () => b.paragraph(junk))),
      everythingThere,
    );
    expect(warnings).toHaveLength(290);
    const kinds = root.children.map(block =>
      'children' in block ? block.children[0].type : block.type,
    );
    expect(kinds.filter(kind => kind === 'text')).toHaveLength(10);
    expect(kinds.filter(kind => kind === 'inlineCode')).toHaveLength(290);
  });

  it('of very much MDX has the most of it as code', () => {
    const mdx = `<mark>${'word '.repeat(3_800)}</mark>`;
    const { root, warnings } = convertPage(
      snapshotWith(...Array.from({ length: 12 }, () => b.code(mdx, 'matlab'))),
      everythingThere,
    );
    expect(warnings.map(({ code }) => code)).toEqual(
      Array(7).fill('mdx-refused'),
    );
    const languages = root.children.map(block =>
      block.type === 'code' ? block.lang : block.type,
    );
    expect(languages.filter(lang => lang === 'jsx')).toHaveLength(7);
  });
});
