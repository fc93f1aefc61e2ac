import { blocks, notionId, page, PageDraft } from '@herald/sandbox';
import fc from 'fast-check';
import { PageOutline } from '../source/ManualSource';
import { PageTree } from '../source/PageSnapshot';
import { DocsUnderTest } from './__testUtils__/DocsUnderTest';
import { treeOf } from './__testUtils__/treeOf';
import { Manifest, parseManifest, writeManifest } from './Manifest';
import { planSite } from './planSite';
import { Ancestor } from './SitePlan';
import { idsBelow } from './relocate';
import { manifestOf } from './siteChanges';
import { withUnread } from './withUnread';

// Each file is compiled.
jest.setTimeout(60_000);

const KO = 'i18n/ko/docusaurus-plugin-content-docs/current/zcp';
const text = (key: string, ...below: PageDraft[]) =>
  page(key)
    .as(key)
    .with(blocks.paragraph(`Of ${key}`), ...below);

describe('pages that have changed places', () => {
  let docs: DocsUnderTest;
  beforeEach(async () => {
    docs = await DocsUnderTest.create();
    const before = text('root', text('a', text('b', text('c'))), text('d'));
    await docs.translate(await docs.export(before), 'ko');
  });
  afterEach(() => docs.remove());

  const outlineOf = (key: string, ...children: PageOutline[]): PageOutline => ({
    id: notionId(key),
    title: key,
    url: `https://www.notion.so/${key}`,
    lastEditedAt: new Date(0),
    children,
  });
  /** Now b is below the root, and a is below b. */
  const swap = () => {
    docs.outline = outlineOf(
      'root',
      outlineOf('b', outlineOf('c'), outlineOf('a')),
      outlineOf('d'),
    );
    const above = [notionId('b'), notionId('root')];
    for (const key of ['a', 'c']) docs.above.set(notionId(key), above);
    docs.above.set(notionId('b'), [notionId('root')]);
    return { ancestors: above };
  };

  it('are where Notion has them when the lower one is published alone, with texts and translations', async () => {
    const exported = await docs.export(text('a'), swap());
    expect(exported.removedPageIds).toEqual([]);
    expect(docs.warnings).toEqual([]);
    await docs.translate(exported, 'ko');
    for (const folder of ['docs/zcp', KO]) {
      expect(await docs.read(`${folder}/b/index.mdx`)).toContain('Of b');
      expect(await docs.read(`${folder}/b/a.mdx`)).toContain('Of a');
      expect(await docs.read(`${folder}/b/c.mdx`)).toContain('Of c');
    }
    expect((await docs.files()).filter(file => file.includes('/a/'))).toEqual(
      [],
    );

    // And publishing goes on from there.
    const all = text('root', text('b', text('c'), text('a')), text('d'));
    const { changes, removedPageIds } = await docs.export(all);
    expect(removedPageIds).toEqual([]);
    expect(changes.filter(({ change }) => change !== 'changed')).toEqual([]);
  });

  it('are refused where they change them while they are read', async () => {
    await expect(docs.export(text('a', text('b')), swap())).rejects.toThrow(
      'moved in Notion meanwhile: publish it again',
    );
  });
});

/** For each page after the root, which of those before is above it. */
const shapes = fc.array(fc.nat(), { minLength: 1, maxLength: 12 });

const idOf = (
  drafts: readonly PageDraft[],
  draft: PageDraft,
  order: readonly number[],
) => {
  const index = drafts.indexOf(draft);
  return notionId(index === 0 ? 'root' : `page-${order[index - 1]}`);
};

/** Pages with the given ids in this shape, in this order. */
function treeIn(shape: readonly number[], order: readonly number[]) {
  const drafts = [page('Root').as('root')];
  const parents = new Map<string, string>();
  shape.forEach((above, index) => {
    const key = `page-${order[index]}`;
    const draft = page(`Title ${order[index]}`).as(key);
    const parent = drafts[above % drafts.length];
    parent.with(draft);
    parents.set(notionId(key), idOf(drafts, parent, order));
    drafts.push(draft);
  });
  return { root: treeOf(drafts[0]), parents };
}

function subtree(tree: PageTree, id: string): PageTree | undefined {
  if (tree.snapshot.page.id === id) return tree;
  for (const child of tree.children) {
    const found = subtree(child, id);
    if (found) return found;
  }
  return undefined;
}

const settings = {
  solution: 'zcp',
  position: 1,
  otherFiles: [],
  updateSlugs: false,
};

describe('a page that is published alone after any others have moved', () => {
  const cases = shapes.chain(shape => {
    const numbers = shape.map((_above, index) => index);
    return fc.record({
      before: fc.constant(shape),
      after: fc.array(fc.nat(), {
        minLength: shape.length,
        maxLength: shape.length,
      }),
      order: fc.shuffledSubarray(numbers, {
        minLength: numbers.length,
        maxLength: numbers.length,
      }),
      chosen: fc.constantFrom(...numbers),
      isUnread: fc.boolean(),
    });
  });

  it('is never above itself, has no file of another page, and takes none of those above it from the site', () => {
    fc.assert(
      fc.property(cases, ({ before, after, order, chosen, isUnread }) => {
        const numbers = before.map((_above, index) => index);
        const previous = manifestOf(
          planSite({
            ...settings,
            tree: treeIn(before, numbers).root,
            previous: undefined,
            ancestors: [],
          }),
          [],
          new Map(),
        );
        const { root, parents } = treeIn(after, order);
        const id = notionId(`page-${chosen}`);
        const found = subtree(root, id);
        if (!found) throw new Error('It is in the tree');
        const ancestors: Ancestor[] = [];
        for (let each = parents.get(id); each; each = parents.get(each)) {
          ancestors.unshift({ id: each, title: `Title ${each}`, position: 1 });
        }
        const above = new Set(ancestors.map(each => each.id));
        const tree = isUnread
          ? withUnread(withProblem(found), previous, above, () => {})
          : found;
        const plan = planSite({ ...settings, tree, previous, ancestors });
        const manifest: Manifest = manifestOf(plan, [], previous);
        parseManifest(writeManifest(manifest, '.herald.json'), '.herald.json');

        const places = [...manifest.values()].flatMap(({ file, folder }) => [
          ...(file === undefined ? [] : [file]),
          ...(folder === undefined ? [] : [`${folder}/`]),
        ]);
        expect(new Set(places).size).toBe(places.length);
        expect(
          ancestors.flatMap(each => (manifest.has(each.id) ? [] : [each.id])),
        ).toEqual([]);
        for (const each of ancestors) {
          expect(idsBelow(manifest, id)).not.toContain(each.id);
        }
      }),
    );
  });
});

/** As if a block of the page could not be read. */
function withProblem(tree: PageTree): PageTree {
  const [block] = treeOf(page('x').with(blocks.paragraph('x'))).snapshot.blocks;
  return {
    ...tree,
    snapshot: {
      ...tree.snapshot,
      blocks: [...tree.snapshot.blocks, { ...block, problem: 'not shared' }],
    },
  };
}
