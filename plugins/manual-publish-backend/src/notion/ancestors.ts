import type {
  BlockObjectResponse,
  DatabaseObjectResponse,
  PageObjectResponse,
} from '@notionhq/client';
import { PageNotFound } from '../source/errors';
import { NotionCalls } from './NotionCalls';
import { problemOrThrow } from './PageReader';

type Parent = (
  | PageObjectResponse
  | BlockObjectResponse
  | DatabaseObjectResponse
)['parent'];

/** The ids of the pages above a page, the nearest first, as far up as they are shared. One call for each thing on the way. */
export async function readAncestors(
  calls: NotionCalls,
  pageId: string,
): Promise<string[]> {
  const page = await orMissing(calls.page(pageId));
  if (!page || page.in_trash) throw new PageNotFound(pageId);
  const ancestors: string[] = [];
  let parent: Parent | undefined = page.parent;
  while (parent) {
    if (parent.type === 'page_id') {
      const id: string = parent.page_id;
      if (ancestors.includes(id)) break;
      const above: PageObjectResponse | undefined = await orMissing(
        calls.page(id),
      );
      if (above) ancestors.push(id);
      parent = above?.parent;
    } else {
      parent = (await thingAbove(calls, parent))?.parent;
    }
  }
  return ancestors;
}

async function thingAbove(
  calls: NotionCalls,
  parent: Parent,
): Promise<BlockObjectResponse | DatabaseObjectResponse | undefined> {
  switch (parent.type) {
    case 'block_id':
      return orMissing(calls.block(parent.block_id));
    case 'database_id':
    case 'data_source_id':
      return orMissing(calls.database(parent.database_id));
    default:
      return undefined;
  }
}

async function orMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    problemOrThrow(error);
    return undefined;
  }
}
