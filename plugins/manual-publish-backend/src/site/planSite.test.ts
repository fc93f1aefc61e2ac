import { notionId, page, PageDraft } from '@herald/sandbox';
import fc from 'fast-check';
import { treeOf } from './__testUtils__/treeOf';
import { Manifest, parseManifest, writeManifest } from './Manifest';
import { planSite } from './planSite';
import { SitePlan } from './SitePlan';
import { manifestOf } from './siteChanges';
import { foldedName, isSafeSlug } from './slugOf';

/** A tree: for each page after the root, which of those before is above it, and its title. */
const trees = fc
  .array(
    fc.record({
      above: fc.nat(),
      title: fc.oneof(
        fc.constantFrom('A', 'a', 'CON', '', '..', 'zcp', '1. A', 'É', '하늘'),
        fc.string({ unit: 'grapheme', maxLength: 12 }),
      ),
    }),
    { maxLength: 25 },
  )
  .map(entries => (titles: (index: number, title: string) => string) => {
    const drafts = [page('Root').as('root')];
    entries.forEach(({ above, title }, index) => {
      const draft = page(titles(index, title)).as(`page-${index}`);
      drafts[above % drafts.length]?.with(draft);
      drafts.push(draft);
    });
    return drafts[0] ?? page('Root').as('root');
  });

const plan = (
  draft: PageDraft,
  previous: Manifest | undefined,
  options: { otherFiles?: string[]; updateSlugs?: boolean } = {},
): SitePlan =>
  planSite({
    tree: treeOf(draft),
    solution: 'zcp',
    previous,
    ancestors: [],
    position: 1,
    otherFiles: [],
    updateSlugs: false,
    ...options,
  });

const placesOf = ({ pages }: SitePlan) =>
  new Map(pages.map(({ id, file, folder }) => [id, `${file} ${folder}`]));

describe('planSite', () => {
  it('gives every page a safe place of its own, whatever its title', () => {
    fc.assert(
      fc.property(trees, make => {
        const { pages } = plan(
          make((_index, title) => title),
          undefined,
        );
        const names = pages
          .filter(({ parent }) => parent !== null)
          .map(
            ({ file, folder }) => folder ?? (file ?? '').replace(/\.mdx$/, ''),
          );
        expect(new Set(names.map(foldedName)).size).toBe(names.length);
        for (const name of names) {
          expect(name.split('/').filter(part => !isSafeSlug(part))).toEqual([]);
          const [self = '', above = 'zcp'] = name.split('/').reverse();
          expect(foldedName(self)).not.toBe(foldedName(above));
        }
      }),
    );
  });

  it('keeps all places when titles change, and the manifest has been written and read', () => {
    fc.assert(
      fc.property(trees, fc.string({ unit: 'grapheme' }), (make, prefix) => {
        const first = plan(
          make((_index, title) => title),
          undefined,
        );
        const text = writeManifest(
          manifestOf(first, [], new Map()),
          '.herald.json',
        );
        const manifest = parseManifest(text, '.herald.json');
        expect(writeManifest(manifest, '.herald.json')).toBe(text);
        const second = plan(
          make((index, title) => `${prefix}${index}${title}`),
          manifest,
        );
        expect(placesOf(second)).toEqual(placesOf(first));
        expect(second.removed.size).toBe(0);
      }),
    );
  });

  it('puts pages where a first publication would, when slugs are to be updated', () => {
    fc.assert(
      fc.property(trees, fc.string({ unit: 'grapheme' }), (make, prefix) => {
        const before = manifestOf(
          plan(
            make((_index, title) => title),
            undefined,
          ),
          [],
          new Map(),
        );
        const renamed = make((index, title) => `${prefix}${index}${title}`);
        expect(placesOf(plan(renamed, before, { updateSlugs: true }))).toEqual(
          placesOf(plan(renamed, undefined)),
        );
      }),
    );
  });

  const two = (a: string, b: string) =>
    page('Root').as('root').with(page(a).as('a'), page(b).as('b'));
  const filesOf = ({ pages }: SitePlan) =>
    pages.slice(1).map(each => each.file);

  it('lets a new page not take the name of one that was there before', () => {
    const before = manifestOf(
      plan(page('Root').as('root').with(page('Intro').as('b')), undefined),
      [],
      new Map(),
    );
    expect(filesOf(plan(two('Intro', 'Other'), before))).toEqual([
      'intro-2.mdx',
      'intro.mdx',
    ]);
  });

  it('gives the name of somebody’s file to no page, but keeps one that a page has', () => {
    const otherFiles = ['intro.md', 'end/notes.md'];
    expect(
      filesOf(plan(two('Intro', 'End'), undefined, { otherFiles })),
    ).toEqual(['intro-2.mdx', 'end-2.mdx']);
    const before = manifestOf(
      plan(two('Intro', 'End'), undefined),
      [],
      new Map(),
    );
    expect(filesOf(plan(two('Intro', 'End'), before, { otherFiles }))).toEqual([
      'intro.mdx',
      'end.mdx',
    ]);
  });

  it('makes a page a folder when pages come below it', () => {
    const before = manifestOf(
      plan(two('Intro', 'End'), undefined),
      [],
      new Map(),
    );
    const { pages } = plan(
      page('Root')
        .as('root')
        .with(page('Intro').as('a').with(page('Below').as('c'))),
      before,
    );
    expect(pages.map(({ file, folder }) => [file, folder])).toEqual([
      [undefined, ''],
      [undefined, 'intro'],
      ['intro/below.mdx', undefined],
    ]);
  });

  it('finds a page that has moved into what is published, and leaves the others', () => {
    const before = manifestOf(
      plan(two('Intro', 'End'), undefined),
      [],
      new Map(),
    );
    const { pages, kept, removed } = planSite({
      tree: treeOf(page('Intro').as('a').with(page('End').as('b'))),
      solution: 'zcp',
      previous: before,
      ancestors: [{ id: notionId('root'), title: 'Root', position: 1 }],
      position: 1,
      otherFiles: [],
      updateSlugs: false,
    });
    expect(pages.map(each => each.folder ?? each.file)).toEqual([
      'intro',
      'intro/end.mdx',
    ]);
    expect([...kept.keys()]).toEqual([notionId('root')]);
    expect(removed.size).toBe(0);
  });
});
