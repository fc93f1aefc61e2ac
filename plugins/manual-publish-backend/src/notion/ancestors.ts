import type {
  BlockObjectResponse,
  DatabaseObjectResponse,
  PageObjectResponse,
} from '@notionhq/client';
import {
  NoPageForNotion,
  PageNotFound,
  QuestionRefused,
} from '../source/errors';
import { Ancestry, PageAbove } from '../source/ManualSource';
import { NotionCalls } from './NotionCalls';
import { absenceOrThrow } from './refusals';
import { titleOf } from '../source/titleOf';

type Parent = (
  | PageObjectResponse
  | BlockObjectResponse
  | DatabaseObjectResponse
)['parent'];

/** What is above a page, as far up as it is shared and not in the trash. One call for each thing on the way. */
export async function readAncestors(
  calls: NotionCalls,
  pageId: string,
): Promise<Ancestry> {
  const page = await shownPage(calls, pageId);
  const pages: PageAbove[] = [];
  let parent: Parent | undefined = page.parent;
  while (parent) {
    if (parent.type === 'page_id') {
      const id: string = parent.page_id;
      if (pages.some(each => each.id === id)) break;
      const above: PageObjectResponse | undefined = await orMissing(
        calls.page(id),
        id,
      );
      if (!above) return { pages, unseen: id };
      // What Notion says of a page below it is not to be relied on: whoever is in the trash takes along what is below.
      if (above.in_trash) break;
      pages.push({ id, title: titleOf(above) });
      parent = above.parent;
    } else {
      const above = await thingAbove(calls, parent);
      parent = above?.in_trash ? undefined : above?.parent;
    }
  }
  return { pages };
}

/** @throws PageNotFound, NoPageForNotion, SourceUnavailable */
async function shownPage(
  calls: NotionCalls,
  pageId: string,
): Promise<PageObjectResponse> {
  try {
    const page = await calls.page(pageId);
    if (page && !page.in_trash) return page;
  } catch (error) {
    absenceOrThrow(error, `the page ${pageId}`);
  }
  throw new PageNotFound(pageId);
}

async function thingAbove(
  calls: NotionCalls,
  parent: Parent,
): Promise<BlockObjectResponse | DatabaseObjectResponse | undefined> {
  switch (parent.type) {
    case 'block_id':
      return orMissing(calls.block(parent.block_id), parent.block_id);
    case 'database_id':
    case 'data_source_id':
      return orMissing(calls.database(parent.database_id), parent.database_id);
    default:
      return undefined;
  }
}

/** @throws SourceUnavailable where Notion does not say that it is missing: that it is no page says nothing of the page below it */
async function orMissing<T>(
  call: Promise<T>,
  id: string,
): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    try {
      absenceOrThrow(error, `what is above a page (${id})`);
    } catch (failure) {
      throw failure instanceof NoPageForNotion
        ? new QuestionRefused(failure.message)
        : failure;
    }
    return undefined;
  }
}
