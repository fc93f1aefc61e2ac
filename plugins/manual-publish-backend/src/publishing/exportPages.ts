import { ManualSource } from '../source/ManualSource';
import { PageTree } from '../source/PageSnapshot';
import { JobRecord } from './JobRecord';
import { PublishedPages } from './JobStore';
import { Site, SiteExport } from './Site';
import { Solution } from './Solution';

/** Reads the pages of a job and writes their files below `directory`; a dry run writes none. The record is told on the way. */
export async function exportPages(
  { source, site }: { source: ManualSource; site: Site },
  record: JobRecord,
  { solution, directory }: { solution: Solution; directory: string },
): Promise<SiteExport> {
  const { job, signal } = record;
  const onCall = () => record.addCost({ notion_calls: 1 });
  const { tree, fetchedPageIds } = await source.readTree(job.pageId, {
    signal,
    force: job.force,
    since: job.startedAt,
    onCall,
    onProgress: ({ pagesDone, pagesKnown, current }) =>
      record.setProgress({
        pages: { done: pagesDone, total: pagesKnown },
        current,
      }),
  });
  record.log(
    `Read ${pagesIn(tree).length} pages, ${
      fetchedPageIds.size
    } of them from Notion`,
  );
  const ancestors =
    job.pageId === solution.rootPageId
      ? []
      : await source.ancestorsOf(job.pageId, { signal, onCall });
  const exported = await site.export({
    solution,
    tree,
    ancestors,
    directory,
    isDryRun: job.dryRun,
    signal,
    onCall,
    onWarning: warning => record.warn(warning),
    onPage: (done, total, current) =>
      record.setProgress({ pages: { done, total }, current }),
  });
  warnOfRemoved(exported, record);
  record.log(
    `${exported.pages.length} pages exported, ${exported.changes.length} of them new or changed`,
  );
  await record.change({
    title: exported.documents.find(({ pageId }) => pageId === job.pageId)
      ?.title,
    publication: job.dryRun ? undefined : publicationOf(tree, exported),
  });
  return exported;
}

function warnOfRemoved({ changes }: SiteExport, record: JobRecord): void {
  for (const { id, title, change } of changes) {
    if (change === 'removed') {
      record.warn({
        code: 'page-removed',
        message: `${title} is not listed in Notion any more; it is taken from the site`,
        pageId: id,
        pageTitle: title,
      });
    }
  }
}

/** What the pages are once the export is on the site. */
function publicationOf(tree: PageTree, exported: SiteExport): PublishedPages {
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
    removedPageIds: exported.removedPageIds,
  };
}

function pagesIn(tree: PageTree): PageTree[] {
  return [tree, ...tree.children.flatMap(pagesIn)];
}
