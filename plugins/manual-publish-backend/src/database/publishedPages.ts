import { Knex } from 'knex';
import { PublishedPage, PublishedPages } from '../publishing/JobStore';

const AT_ONCE = 100;

type WrittenPage = Omit<PublishedPage, 'editedAt' | 'readAt'> & {
  editedAt: number;
  readAt: number;
};

type Written = { pages: WrittenPage[]; removedPageIds: string[] };

export function writePublication({
  pages,
  removedPageIds,
}: PublishedPages): string {
  const written: Written = {
    pages: pages.map(page => ({
      ...page,
      editedAt: page.editedAt.getTime(),
      readAt: page.readAt.getTime(),
    })),
    removedPageIds: [...removedPageIds],
  };
  return JSON.stringify(written);
}

export function readPublication(text: string): PublishedPages {
  const written: Written = JSON.parse(text);
  return {
    ...written,
    pages: written.pages.map(page => ({
      ...page,
      editedAt: new Date(page.editedAt),
      readAt: new Date(page.readAt),
    })),
  };
}

/** Notes what a job has published, in the transaction that ends it. */
export async function storePublished(
  tx: Knex.Transaction,
  published: PublishedPages & { solution: string; jobId: string; at: Date },
): Promise<void> {
  const { solution, jobId, at, pages, removedPageIds } = published;
  for (let start = 0; start < removedPageIds.length; start += AT_ONCE) {
    await tx('herald_published_page')
      .where({ solution })
      .whereIn('page_id', removedPageIds.slice(start, start + AT_ONCE))
      .delete();
  }
  for (let start = 0; start < pages.length; start += AT_ONCE) {
    await tx('herald_published_page')
      .insert(
        pages.slice(start, start + AT_ONCE).map(page => ({
          solution,
          page_id: page.pageId,
          path: page.path,
          edited_at: page.editedAt.getTime(),
          read_at: page.readAt.getTime(),
          published_at: at.getTime(),
          job_id: jobId,
        })),
      )
      .onConflict(['solution', 'page_id'])
      .merge();
  }
}
