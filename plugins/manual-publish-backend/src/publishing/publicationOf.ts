import { PageTree } from '../source/PageSnapshot';
import { PublishedPages } from './JobStore';
import { SiteExport } from './Site';

/**
 * What the pages are once the export is on the site.
 *
 * @param removedBefore - by the same job: where its process died after the export was committed, the files do not have them any more
 */
export function publicationOf(
  tree: PageTree,
  exported: Pick<SiteExport, 'pages' | 'removedPageIds'>,
  removedBefore: readonly string[],
): PublishedPages {
  const published = new Set(exported.pages.map(({ pageId }) => pageId));
  const snapshots = new Map(
    pagesIn(tree).map(({ snapshot }) => [snapshot.page.id, snapshot]),
  );
  return {
    pages: exported.pages.flatMap(({ pageId, path }) => {
      const snapshot = snapshots.get(pageId);
      return snapshot
        ? [
            {
              pageId,
              path,
              editedAt: new Date(snapshot.page.last_edited_time),
              readAt: snapshot.readAt,
            },
          ]
        : [];
    }),
    removedPageIds: [
      ...new Set([...removedBefore, ...exported.removedPageIds]),
    ].filter(id => !published.has(id)),
  };
}

export function pagesIn(tree: PageTree): PageTree[] {
  return [tree, ...tree.children.flatMap(pagesIn)];
}
