import { ManualSource } from '../source/ManualSource';
import { pagesIn, publicationOf } from './publicationOf';
import { JobRecord } from './JobRecord';
import { JobStore } from './JobStore';
import { Site, SiteExport } from './Site';
import { Solution } from './Solution';

/** Reads the pages of a job and writes their files below `directory`; a dry run writes none. The record is told on the way. */
export async function exportPages(
  {
    source,
    site,
    jobs,
  }: {
    source: ManualSource;
    site: Site;
    jobs: Pick<JobStore, 'publication'>;
  },
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
      : (await source.ancestorsOf(job.pageId, { signal, onCall })).pages;
  const exported = await site.export({
    solution,
    tree,
    ancestors,
    directory,
    isDryRun: job.dryRun,
    updateSlugs: job.updateSlugs,
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
  // A process that died after the export's commit has told of what it removed; in the files it is gone.
  const before = await jobs.publication(job.id);
  await record.change({
    title: exported.documents.find(({ pageId }) => pageId === job.pageId)
      ?.title,
    publication: job.dryRun
      ? undefined
      : publicationOf(tree, exported, before?.removedPageIds ?? []),
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
