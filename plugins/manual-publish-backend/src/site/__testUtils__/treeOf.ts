import { PageDraft } from '@herald/sandbox';
import { snapshotOf } from '../../export/__testUtils__/snapshotOf';
import { PageTree } from '../../source/PageSnapshot';

/**
 * A page with those below it, as its draft describes them.
 *
 * @param withheld - ids of pages that are listed and not shown
 */
export function treeOf(
  draft: PageDraft,
  withheld: readonly string[] = [],
): PageTree {
  const below = draft.children.filter(child => child instanceof PageDraft);
  const isWithheld = ({ id = '' }: PageDraft) => withheld.includes(id);
  return {
    snapshot: snapshotOf(draft),
    children: below
      .filter(child => !isWithheld(child))
      .map(child => treeOf(child, withheld)),
    withheld: below.flatMap((child, index) =>
      isWithheld(child)
        ? [{ id: child.id ?? '', title: child.title, position: index + 1 }]
        : [],
    ),
  };
}
