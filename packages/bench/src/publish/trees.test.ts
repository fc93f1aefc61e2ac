import { Draft, DatabaseDraft, PageDraft } from '@herald/sandbox';
import { ManualTree, outlineTree, writtenTree } from './trees';

const SIZE = { pages: 26, parentBlocks: 220 };

/** Everything in a draft, itself included, with the number of lists down to it. */
function everythingIn(
  draft: Draft,
  depth = 1,
): { draft: Draft; depth: number }[] {
  const below = draft instanceof DatabaseDraft ? draft.rows : draft.children;
  return [
    { draft, depth },
    ...below.flatMap(child => everythingIn(child, depth + 1)),
  ];
}

const isParent = (draft: Draft) =>
  !(draft instanceof DatabaseDraft) && draft.children.length > 0;

describe.each([
  ['as people write it', writtenTree(SIZE)],
  ['as docu-notion wants it', outlineTree(SIZE)],
])('a tree %s', (_, tree: ManualTree) => {
  const everything = everythingIn(tree.root);
  const pages = everything.filter(({ draft }) => draft instanceof PageDraft);

  it('has as many pages and lists as it says', () => {
    expect(pages).toHaveLength(SIZE.pages);
    expect(everything.filter(({ draft }) => isParent(draft))).toHaveLength(
      tree.lists,
    );
    expect(tree.lists).toBe(SIZE.pages + SIZE.parentBlocks);
  });

  it('has its deepest list where it says', () => {
    const lists = everything.filter(({ draft }) => isParent(draft));
    expect(Math.max(...lists.map(({ depth }) => depth))).toBe(tree.depth);
  });

  it('has as many folders as it says', () => {
    const folders = pages.filter(
      ({ draft }) =>
        draft instanceof PageDraft &&
        draft.children.some(child => child instanceof PageDraft),
    );
    expect(folders).toHaveLength(tree.folders);
  });
});
