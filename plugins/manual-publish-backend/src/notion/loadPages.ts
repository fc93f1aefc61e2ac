import type { PageObjectResponse } from '@notionhq/client';
import { NotionCalls } from './NotionCalls';
import { withheldOrThrow } from './refusals';

/** A search answers a hundred pages; below this many it is not worth its call. */
const WORTH_A_SEARCH = 3;

export type WantedPage = { readonly id: string; readonly editedTime: string };

/**
 * The properties, icons and covers of pages, which the lists that name them do not tell. One search answers those of many pages; what
 * it does not have, or has from before the last edit as its index lags behind, is asked for one by one.
 *
 * @param on.withheld - told of pages that Notion does not show; those in the trash are only left out
 */
export async function loadPages(
  calls: NotionCalls,
  wanted: readonly WantedPage[],
  on: {
    page: (page: PageObjectResponse) => Promise<void>;
    withheld: (id: string) => void;
  },
): Promise<void> {
  const missing = new Map(wanted.map(page => [page.id, page.editedTime]));
  let cursor: string | undefined;
  while (missing.size >= WORTH_A_SEARCH) {
    const { results, nextCursor } = await calls.recentPages(cursor);
    const found = results.filter(
      page => !page.in_trash && missing.get(page.id) === page.last_edited_time,
    );
    await Promise.all(found.map(on.page));
    found.forEach(({ id }) => missing.delete(id));
    cursor = nextCursor;
    if (cursor === undefined || found.length < WORTH_A_SEARCH) break;
  }
  await Promise.all(
    [...missing.keys()].map(async id => {
      try {
        const page = await calls.page(id);
        if (!page) on.withheld(id);
        else if (!page.in_trash) await on.page(page);
      } catch (error) {
        withheldOrThrow(error, `the page ${id}`);
        on.withheld(id);
      }
    }),
  );
}
