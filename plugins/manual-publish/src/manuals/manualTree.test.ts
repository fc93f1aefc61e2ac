import fc from 'fast-check';
import { aManual, aRoot, pageId } from '../__testUtils__/examples';
import {
  countsByState,
  filteredTree,
  firstExpanded,
  flattened,
  manualTree,
  type ManualNode,
} from './manualTree';

const titles = (nodes: readonly ManualNode[]) =>
  flattened(nodes).map(({ manual }) => manual.title);

const manuals = [
  aRoot(),
  aManual(1, { title: 'Networking', is_folder: true }),
  aManual(2, { title: 'Ports', parent_id: pageId(1), changed: true }),
  aManual(3, {
    title: 'Proxies',
    parent_id: pageId(1),
    changed: true,
    last_published: null,
  }),
  aManual(4, { title: 'Storage' }),
];

describe('the tree of manuals', () => {
  it('keeps the order of Notion, and counts what is below', () => {
    const [root] = manualTree(manuals);
    expect(titles([root])).toEqual([
      'Cloud platform',
      'Networking',
      'Ports',
      'Proxies',
      'Storage',
    ]);
    expect([root.size, root.changesBelow]).toEqual([4, 2]);
    expect(root.children.map(({ size }) => size)).toEqual([2, 0]);
  });

  it('shows a page at the top whose parent is not there', () => {
    const lost = aManual(9, { parent_id: pageId(77) });
    expect(manualTree([...manuals, lost])).toHaveLength(2);
  });

  it('has each page once, whatever the parents are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 20 }),
        parents => {
          const pages = parents.map((parent, index) =>
            aManual(index, { parent_id: pageId(parent) }),
          );
          const tree = manualTree(pages);
          expect(flattened(tree)).toHaveLength(pages.length);
          const size = tree.reduce((sum, node) => sum + node.size + 1, 0);
          expect(size).toBe(pages.length);
        },
      ),
    );
  });

  it('tells the changed from those that were never published', () => {
    expect(countsByState(manuals)).toEqual({
      changed: 1,
      never: 1,
      published: 3,
    });
  });

  it('is filtered by words and state, with the pages above what fits', () => {
    const tree = manualTree(manuals);
    const found = (search: string, state?: 'changed' | 'never') =>
      titles(filteredTree(tree, { search, state }));
    expect(found('pr OX')).toEqual(['Cloud platform', 'Networking', 'Proxies']);
    expect(found('', 'changed')).toEqual([
      'Cloud platform',
      'Networking',
      'Ports',
    ]);
    expect(found('ports', 'never')).toEqual([]);
    expect(found(' ')).toHaveLength(5);
  });

  it('is unfolded at first where it is small, and at its top else', () => {
    expect(firstExpanded(manualTree(manuals))).toEqual([aRoot().id, pageId(1)]);
    const many = Array.from({ length: 200 }, (_, index) =>
      aManual(index + 100, { parent_id: pageId(1) }),
    );
    expect(firstExpanded(manualTree([...manuals, ...many]))).toEqual([
      aRoot().id,
    ]);
  });
});
