import { blocks as b, BlockDraft, rich } from '@herald/sandbox';
import { proveMdx } from '../mdx/proveMdx';
import { writeMdx } from '../mdx/writeMdx';
import { everythingThere } from './__testUtils__/contexts';
import { snapshotWith } from './__testUtils__/snapshotOf';
import { convertPage } from './convertPage';

const options = { headingIds: 'mdx' } as const;

async function timed(drafts: BlockDraft[]) {
  const snapshot = snapshotWith(...drafts);
  const began = performance.now();
  const { root } = convertPage(snapshot, everythingThere);
  const converted = performance.now();
  const text = writeMdx(root, options);
  const written = performance.now();
  await proveMdx(text, root, options);
  return {
    text,
    convert: converted - began,
    write: written - converted,
    prove: performance.now() - written,
  };
}

/** Bounds are far above what was measured: they are to fail for what grows with the square, not for a busy machine. */
describe('a large page', () => {
  it('of 10,000 blocks is converted', async () => {
    const drafts = Array.from({ length: 2500 }, (_, index) => [
      b.heading2(`Heading ${index % 50}`),
      b.paragraph(
        'Some ',
        rich.bold('bold'),
        ' text with ',
        rich.inlineCode('code'),
        '.',
      ),
      b.bulleted('An item'),
      b.bulleted('Another one'),
    ]).flat();
    const { text, convert } = await timed(drafts);
    expect(text.match(/^## /gm)).toHaveLength(2500);
    expect(convert).toBeLessThan(5_000);
  }, 120_000);

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
      const { text } = await timed([draft]);
      expect(text).toContain('innermost \\{');
    },
    30_000,
  );
});
