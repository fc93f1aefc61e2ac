import { PageDraft } from '@herald/sandbox';
import { snapshotOf } from '../../export/__testUtils__/snapshotOf';
import { PageTree } from '../../source/PageSnapshot';

/** A page with those below it, as its draft describes them. */
export function treeOf(draft: PageDraft): PageTree {
  return {
    snapshot: snapshotOf(draft),
    children: draft.children.flatMap(child =>
      child instanceof PageDraft ? [treeOf(child)] : [],
    ),
  };
}
