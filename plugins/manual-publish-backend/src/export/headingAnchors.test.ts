import { blocks as b, notionId } from '@herald/sandbox';
import fc from 'fast-check';
import { anyBlocks } from './__testUtils__/anyBlocks';
import { snapshotWith } from './__testUtils__/snapshotOf';
import { headingAnchors, headingOccurrences } from './headingAnchors';

const anchors = (...drafts: Parameters<typeof snapshotWith>) => [
  ...headingAnchors(snapshotWith(...drafts)).values(),
];

describe('ids of headings', () => {
  it('are their text', () => {
    expect(
      anchors(
        b.heading1('Before you begin!'),
        b.heading2('시작하기'),
        b.heading3('  A  "quoted"\nthing  '),
        b.heading4('👩🏽‍💻 {#x} */ <b>'),
      ),
    ).toEqual(['before-you-begin', '시작하기', 'a-quoted-thing', 'x--b']);
  });

  it('are unique in the page', () => {
    expect(
      anchors(
        b.heading1('A'),
        b.toggle('t').with(b.heading2('A')),
        b.heading1('A 1'),
        b.heading1('A'),
      ),
    ).toEqual(['a', 'a-1', 'a-1-1', 'a-2']);
  });

  it('are there for headings of signs only', () => {
    expect(anchors(b.heading1('!!!'), b.heading1('…'))).toEqual([
      'section',
      'section-1',
    ]);
  });

  it('are found by the block', () => {
    expect(
      headingAnchors(snapshotWith(b.heading1('A').as('a'))).get(notionId('a')),
    ).toBe('a');
  });

  it('of any page are unique, and hold nothing that ends what they are written in', () => {
    fc.assert(
      fc.property(anyBlocks, blocks => {
        const all = [
          ...headingOccurrences({ ...snapshotWith(), blocks }).values(),
        ].flat();
        expect(new Set(all).size).toBe(all.length);
        for (const anchor of all)
          expect(anchor).toMatch(/^[\p{L}\p{M}\p{N}_-]+$/u);
      }),
      { numRuns: 100 },
    );
  });
});
