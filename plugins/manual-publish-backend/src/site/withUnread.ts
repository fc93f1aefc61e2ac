import { Warning } from '../publishing/Warning';
import { BlockNode, PageTree, WithheldPage } from '../source/PageSnapshot';
import { Manifest } from './Manifest';
import { idsIn, withheldIn } from './treeIds';

/**
 * The tree with the pages that were published below a page of which a part could not be read: whether they are listed there still, nobody
 * knows, so they stay. Of those that are above the tree one does.
 */
export function withUnread(
  tree: PageTree,
  previous: Manifest,
  above: ReadonlySet<string>,
  onWarning: (warning: Warning) => void,
): PageTree {
  const known = new Set([...above, ...idsIn(tree), ...withheldIn(tree)]);
  const keep = (page: PageTree): PageTree => {
    const { snapshot, children, withheld = [] } = page;
    const last = children.length + withheld.length;
    const unread = isUnread(snapshot.blocks)
      ? publishedBelow(snapshot.page.id, previous).filter(
          ({ id }) => !known.has(id),
        )
      : [];
    for (const { id, title } of unread) {
      onWarning({
        code: 'page-withheld',
        message: `${title} may be in a part of the page above it that could not be read: it stays on the site as it was, with all below it`,
        pageId: id,
        pageTitle: title,
      });
    }
    return {
      ...page,
      children: children.map(keep),
      withheld: [
        ...withheld,
        ...unread.map((each, index) => ({
          ...each,
          position: last + index + 1,
        })),
      ],
    };
  };
  return keep(tree);
}

function publishedBelow(
  parent: string,
  previous: Manifest,
): readonly WithheldPage[] {
  return [...previous]
    .flatMap(([id, page]) =>
      page.parent === parent
        ? [{ id, title: page.title, position: page.position }]
        : [],
    )
    .sort((a, b) => a.position - b.position);
}

function isUnread(nodes: readonly BlockNode[]): boolean {
  return nodes.some(
    ({ problem, children }) => problem !== undefined || isUnread(children),
  );
}
