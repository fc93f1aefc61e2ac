import { blocks, notionId, page } from '@herald/sandbox';
import { PageTree } from '../source/PageSnapshot';
import { treeOf } from './__testUtils__/treeOf';
import { planSite } from './planSite';
import { manifestOf } from './siteChanges';
import { withUnread } from './withUnread';

const plan = (tree: PageTree, previous: Parameters<typeof manifestOf>[2]) =>
  planSite({
    tree,
    solution: 'zcp',
    previous,
    ancestors: [],
    position: 1,
    otherFiles: [],
    updateSlugs: false,
  });
const columns = blocks.columns(
  [blocks.paragraph('x')],
  [blocks.paragraph('y')],
);
const full = treeOf(
  page('Root')
    .as('root')
    .with(
      columns,
      page('In a column')
        .as('inside')
        .with(page('Below').as('below').with(blocks.paragraph('b'))),
      page('Moved').as('moved'),
      page('Other').as('other').with(blocks.paragraph('o')),
    ),
);
const published = manifestOf(plan(full, new Map()), [], new Map());

/** As it is read when what is in the columns cannot be. */
const withoutColumns = (problem: string | undefined): PageTree => {
  const tree = treeOf(
    page('Root')
      .as('root')
      .with(
        columns,
        page('Other')
          .as('other')
          .with(blocks.paragraph('o'), page('Moved').as('moved')),
      ),
  );
  const [first, ...others] = tree.snapshot.blocks;
  return {
    ...tree,
    snapshot: {
      ...tree.snapshot,
      blocks: [{ ...first, children: [], problem }, ...others],
    },
  };
};

describe('pages below a block that cannot be read', () => {
  it('stay where they are with all below them, and those that are elsewhere move', () => {
    const warned: (string | undefined)[] = [];
    const tree = withUnread(
      withoutColumns('it is not shared'),
      published,
      new Set(),
      ({ pageId }) => warned.push(pageId),
    );
    const { kept, removed, pages } = plan(tree, published);
    expect([...removed.keys()]).toEqual([]);
    expect([...kept.keys()].sort()).toEqual(
      [notionId('inside'), notionId('below')].sort(),
    );
    expect(kept.get(notionId('below'))?.file).toBe(
      published.get(notionId('below'))?.file,
    );
    expect(pages.map(({ id }) => id)).toContain(notionId('moved'));
    expect(warned).toEqual([notionId('inside')]);
  });

  it('go where all is read', () => {
    const tree = withUnread(
      withoutColumns(undefined),
      published,
      new Set(),
      () => {},
    );
    expect([...plan(tree, published).removed.keys()].sort()).toEqual(
      [notionId('inside'), notionId('below')].sort(),
    );
  });
});
