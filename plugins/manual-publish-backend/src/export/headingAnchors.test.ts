import { blocks as b, notionId } from '@herald/sandbox';
import fc from 'fast-check';
import { anyBlocks } from './__testUtils__/anyBlocks';
import { snapshotWith } from './__testUtils__/snapshotOf';
import { headingAnchors } from './headingAnchors';

const anchors = (...drafts: Parameters<typeof snapshotWith>) =>
  [...headingAnchors(snapshotWith(...drafts)).values()].flat();

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
    ).toEqual(['a']);
  });

  it('of any page are unique, and hold nothing that ends what they are written in', () => {
    fc.assert(
      fc.property(anyBlocks, blocks => {
        const all = [
          ...headingAnchors({ ...snapshotWith(), blocks }).values(),
        ].flat();
        expect(new Set(all).size).toBe(all.length);
        for (const anchor of all)
          expect(anchor).toMatch(/^[\p{L}\p{M}\p{N}_-]+$/u);
      }),
      { numRuns: 100 },
    );
  });

  it('stay when texts change, and a new heading takes none of them', () => {
    const before = { [notionId('b')]: ['setup'], [notionId('gone')]: ['x'] };
    expect(
      headingAnchors(
        snapshotWith(
          b.heading2('Setup').as('a'),
          b.heading2('Installing').as('b'),
          b.heading2('X').as('c'),
        ),
        before,
      ),
    ).toEqual(
      new Map([
        [notionId('a'), ['setup-1']],
        [notionId('b'), ['setup']],
        [notionId('c'), ['x']],
      ]),
    );
  });

  it('of any page that was another before are unique, and those of headings that are still there stay', () => {
    const titles = fc.constantFrom('A', 'a', 'A 1', 'B', '!!!', '');
    const headings = fc.uniqueArray(
      fc.record({ key: fc.constantFrom(...'abcdefgh'), title: titles }),
      { selector: ({ key }) => key, maxLength: 8 },
    );
    const pageOf = (drafts: readonly { key: string; title: string }[]) =>
      snapshotWith(
        ...drafts.map(({ key, title }) => b.heading2(title).as(key)),
      );
    fc.assert(
      fc.property(headings, headings, (first, second) => {
        const before = headingAnchors(pageOf(first));
        const after = headingAnchors(
          pageOf(second),
          Object.fromEntries(before),
        );
        const all = [...after.values()].flat();
        const filled = second.filter(({ title }) => title !== '');
        expect(new Set(all).size).toBe(filled.length);
        const stayed = [...before].filter(([id]) => after.has(id));
        for (const [id, was] of stayed) expect(after.get(id)).toEqual(was);
        // What does not change, changes no id.
        expect(
          headingAnchors(pageOf(second), Object.fromEntries(after)),
        ).toEqual(after);
      }),
    );
  });
});
