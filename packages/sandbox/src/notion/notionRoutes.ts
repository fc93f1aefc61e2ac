import { Request, Router } from 'express';
import {
  GetBlockResponse,
  GetDatabaseResponse,
  GetDataSourceResponse,
  GetPageResponse,
  GetSelfResponse,
  GetUserResponse,
  ListBlockChildrenResponse,
  ListUsersResponse,
  QueryDataSourceResponse,
  SearchResponse,
} from '@notionhq/client';
import { NotionError } from './NotionError';
import { NotionView } from './NotionView';
import { DatabaseThing, NotionThing, NotionWorkspace } from './NotionWorkspace';
import { pageOfList } from './paging';
import { bodyOf, idFrom, isRecord, versionOf } from './readRequest';
import { users } from './users';
import { writingRoutes } from './writingRoutes';

/** The API version in which databases got data sources. */
const DATA_SOURCES_SINCE = '2025-09-03';

/** The calls that an export of a page tree makes, and those of its writers, below `/v1`. */
export function notionRoutes(
  workspace: NotionWorkspace,
  view: NotionView,
): Router {
  const router = Router();

  const sharedThing = (req: Request, parameter: string, kind: string) => {
    const id = idFrom(req, parameter);
    const thing = workspace.findShared(id);
    if (!thing) throw NotionError.notFound(kind, id);
    return thing;
  };

  /** A copy lists the children of its source, and is as unreachable as that. */
  const followSync = (thing: NotionThing): NotionThing => {
    const sourceId =
      thing.kind === 'block' ? view.syncedFrom(thing) : undefined;
    if (sourceId === undefined) return thing;
    const source = workspace.findShared(sourceId);
    if (!source) throw NotionError.notFound('block', sourceId);
    return source;
  };

  const dataSource = (req: Request): DatabaseThing => {
    const id = idFrom(req, 'data_source_id');
    const database = workspace.findDataSource(id);
    if (!database) throw NotionError.notFound('data_source', id);
    return database;
  };

  const rows = (
    database: DatabaseThing,
    req: Request,
  ): QueryDataSourceResponse => {
    const pages = workspace
      .childrenOf(database)
      .flatMap(row => (row.kind === 'page' ? [row] : []));
    const { items, nextCursor } = pageOfList(pages, bodyOf(req), 'body');
    return {
      object: 'list',
      results: items.map(row => view.page(row)),
      next_cursor: nextCursor,
      has_more: nextCursor !== null,
      type: 'page_or_data_source',
      page_or_data_source: {},
    };
  };

  router.get('/pages/:page_id', (req, res) => {
    const thing = sharedThing(req, 'page_id', 'page');
    if (thing.kind === 'database') throw wrongKind(thing, 'page');
    if (thing.kind !== 'page') throw NotionError.notFound('page', thing.id);
    const answer: GetPageResponse = view.page(thing);
    res.json(answer);
  });

  router.get('/blocks/:block_id', (req, res) => {
    const thing = sharedThing(req, 'block_id', 'block');
    const answer: GetBlockResponse = view.block(thing, versionOf(req));
    res.json(answer);
  });

  router.get('/blocks/:block_id/children', (req, res) => {
    const asked = sharedThing(req, 'block_id', 'block');
    const thing = followSync(asked);
    const children =
      thing.kind === 'database' ? [] : workspace.childrenOf(thing);
    const { items, nextCursor } = pageOfList(children, req.query, 'query');
    const answer: ListBlockChildrenResponse = {
      object: 'list',
      results: items.map(child => view.block(child, versionOf(req))),
      next_cursor: nextCursor,
      has_more: nextCursor !== null,
      type: 'block',
      block: {},
    };
    res.json(answer);
  });

  router.get('/databases/:database_id', (req, res) => {
    const thing = sharedThing(req, 'database_id', 'database');
    if (thing.kind === 'page') throw wrongKind(thing, 'database');
    if (thing.kind !== 'database') {
      throw NotionError.notFound('database', thing.id);
    }
    const answer: GetDatabaseResponse = view.database(thing);
    res.json(answer);
  });

  router.get('/data_sources/:data_source_id', (req, res) => {
    const answer: GetDataSourceResponse = view.dataSource(dataSource(req));
    res.json(answer);
  });

  router.post('/data_sources/:data_source_id/query', (req, res) => {
    res.json(rows(dataSource(req), req));
  });

  router.post('/databases/:database_id/query', (req, res) => {
    if (versionOf(req) >= DATA_SOURCES_SINCE) throw invalidUrl();
    const thing = sharedThing(req, 'database_id', 'database');
    if (thing.kind !== 'database') {
      throw NotionError.notFound('database', thing.id);
    }
    res.json(rows(thing, req));
  });

  router.post('/search', (req, res) => {
    const body = bodyOf(req);
    const found = workspace
      .shared()
      .flatMap(thing => (thing.kind === 'block' ? [] : [thing]))
      .filter(thing => wantedBySearch(thing, body))
      .sort((a, b) => b.editedAt - a.editedAt);
    if (isRecord(body.sort) && body.sort.direction === 'ascending') {
      found.reverse();
    }
    const { items, nextCursor } = pageOfList(found, body, 'body');
    const answer: SearchResponse = {
      object: 'list',
      results: items.map(thing =>
        thing.kind === 'page' ? view.page(thing) : view.dataSource(thing),
      ),
      next_cursor: nextCursor,
      has_more: nextCursor !== null,
      type: 'page_or_data_source',
      page_or_data_source: {},
    };
    res.json(answer);
  });

  router.get('/users', (req, res) => {
    const { items, nextCursor } = pageOfList(
      Object.values(users),
      req.query,
      'query',
    );
    const answer: ListUsersResponse = {
      object: 'list',
      results: items,
      next_cursor: nextCursor,
      has_more: nextCursor !== null,
      type: 'user',
      user: {},
    };
    res.json(answer);
  });

  router.get('/users/me', (_req, res) => {
    const answer: GetSelfResponse = users.bot;
    res.json(answer);
  });

  router.get('/users/:user_id', (req, res) => {
    const id = idFrom(req, 'user_id');
    const user = Object.values(users).find(each => each.id === id);
    if (!user) throw NotionError.notFound('user', id);
    const answer: GetUserResponse = user;
    res.json(answer);
  });

  router.use(writingRoutes(workspace, view));

  router.use(() => {
    throw invalidUrl();
  });

  return router;
}

function wrongKind(thing: NotionThing, wanted: string): NotionError {
  return NotionError.invalid(
    `Provided ID ${thing.id} is a ${thing.kind}, not a ${wanted}. Use the retrieve ${thing.kind} API instead.`,
  );
}

function invalidUrl(): NotionError {
  return new NotionError(400, 'invalid_request_url', 'Invalid request URL.');
}

function wantedBySearch(
  thing: Exclude<NotionThing, { kind: 'block' }>,
  body: Record<string, unknown>,
): boolean {
  const query = typeof body.query === 'string' ? body.query.toLowerCase() : '';
  const value = isRecord(body.filter) ? body.filter.value : undefined;
  const object = thing.kind === 'page' ? 'page' : 'data_source';
  return (
    thing.title.toLowerCase().includes(query) &&
    (value === undefined || value === object)
  );
}
