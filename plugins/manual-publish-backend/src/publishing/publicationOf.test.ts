import { notionId, page } from '@herald/sandbox';
import { treeOf } from '../site/__testUtils__/treeOf';
import { publicationOf } from './publicationOf';

describe('what is published', () => {
  const tree = treeOf(page('Root').as('root').with(page('A').as('a')));
  const pages = [
    { pageId: notionId('root'), path: 'docs/zcp/index.mdx' },
    { pageId: notionId('a'), path: 'docs/zcp/a.mdx' },
  ];

  it('has the pages that an export before removed, which the files do not have any more', () => {
    const again = publicationOf(tree, { pages, removedPageIds: ['b'] }, [
      'b',
      'c',
    ]);
    expect(again.removedPageIds).toEqual(['b', 'c']);
    expect(again.pages.map(({ path }) => path)).toEqual(
      pages.map(({ path }) => path),
    );
  });

  it('does not remove what has come back', () => {
    const again = publicationOf(tree, { pages, removedPageIds: [] }, [
      notionId('a'),
    ]);
    expect(again.removedPageIds).toEqual([]);
  });
});
