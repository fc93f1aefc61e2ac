import { InputError, NotFoundError } from '@backstage/errors';
import { parse, parseQuery, searchParamsOf } from '@herald/backend-kit';
import {
  listNotificationsQuerySchema,
  notificationLimits,
  notificationsListPermission,
  notificationsOperations,
  recentNotificationsQuerySchema,
} from '@herald/backstage-plugin-notifications-common';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { SignedInUser } from '../audience/Audience';
import { Inbox } from '../messages/Inbox';
import { InboxMessage } from '../messages/Message';
import { answerArray } from './answerArray';
import { toFilter, toRecentFilter } from './filters';
import { Gatekeeper } from './Gatekeeper';
import { readPageCursor, writePageCursor } from './pageCursor';
import { toNotification } from './toNotification';

const { list, count, latest, get } = notificationsOperations;
const RECENT_PARAMETERS = ['limit', 'include_read'];
const NOT_WITH_RECENT = ['pageSize', 'pageNumber', 'read', 'messageScope'];

export type NotificationsRouterOptions = {
  gatekeeper: Gatekeeper;
  inbox: Inbox;
};

/** `/notifications`: list, count, look at one. */
export function notificationsRouter(
  options: NotificationsRouterOptions,
): Router {
  const { gatekeeper, inbox } = options;
  const router = PromiseRouter();

  router.get(list.path, async (req, res) => {
    const user = await gatekeeper.user(req, notificationsListPermission);
    res.append('Access-Control-Expose-Headers', 'Link, X-Total-Count');
    const names = [...searchParamsOf(req.originalUrl).keys()];
    const recent = names.find(name => RECENT_PARAMETERS.includes(name));
    if (recent === undefined) {
      await answerPage(inbox, user, req, res);
      return;
    }
    const mixed = names.find(name => NOT_WITH_RECENT.includes(name));
    if (mixed !== undefined) {
      throw new InputError(`Parameter ${mixed}: does not go with ${recent}`);
    }
    await answerRecent(inbox, user, req, res);
  });

  router.get(count.path, async (req, res) => {
    const user = await gatekeeper.user(req, notificationsListPermission);
    const { groupBy, ...query } = parseQuery(count.query, req.originalUrl);
    const filter = toFilter(query);
    res.json({
      count: await inbox.count(user, filter),
      ...(groupBy && { origins: await inbox.countByOrigin(user, filter) }),
    });
  });

  router.get(latest.path, async (req, res) => {
    const user = await gatekeeper.user(req, notificationsListPermission);
    const query = parseQuery(latest.query, req.originalUrl);
    const { messages } = await inbox.list(user, {
      ...toRecentFilter({ ...query, limit: 1 }),
      ...newestFirst(1),
    });
    if (messages.length === 0) {
      res.status(204).end();
      return;
    }
    res.json(toNotification(messages[0]));
  });

  router.get(get.path, async (req, res) => {
    const user = await gatekeeper.user(req, notificationsListPermission);
    parseQuery(get.query, req.originalUrl);
    const { id } = parse(get.pathParams, req.params, 'parameter');
    const message = await inbox.find(user, id);
    if (!message) {
      throw new NotFoundError(`No message of yours has the id ${id}`);
    }
    res.json(toNotification(message));
  });

  return router;
}

function newestFirst(limit: number) {
  return {
    orderBy: 'created',
    direction: 'desc',
    limit,
    offset: 0,
  } as const;
}

async function answerRecent(
  inbox: Inbox,
  user: SignedInUser,
  req: Request,
  res: Response,
): Promise<void> {
  const query = parseQuery(recentNotificationsQuerySchema, req.originalUrl);
  const { messages } = await inbox.list(user, {
    ...toRecentFilter(query),
    ...newestFirst(query.limit),
  });
  res.json(messages.map(toNotification));
}

async function answerPage(
  inbox: Inbox,
  user: SignedInUser,
  req: Request,
  res: Response,
): Promise<void> {
  const query = parseQuery(listNotificationsQuerySchema, req.originalUrl);
  const filter = toFilter(query);
  const isPaged = query.pageSize > 0;
  const page = await inbox.listInParts(user, {
    ...filter,
    orderBy: query.orderBy,
    direction: query.orderByDirec,
    limit: isPaged ? query.pageSize : notificationLimits.pageSize,
    ...(query.cursor === undefined
      ? { offset: isPaged ? (query.pageNumber - 1) * query.pageSize : 0 }
      : { after: readPageCursor(query.cursor, query.orderByDirec) }),
  });
  if (query.total) {
    res.set('X-Total-Count', String(await inbox.count(user, filter)));
  }
  if (page.next && isPaged) {
    const next = searchParamsOf(req.originalUrl);
    next.delete('pageNumber');
    next.set('cursor', writePageCursor(page.next, query.orderByDirec));
    // Relative to this very request, so that it holds behind any proxy.
    res.set('Link', `<?${next}>; rel="next"`);
  }
  await answerArray(res, asNotifications(page.parts));
}

async function* asNotifications(parts: AsyncIterable<InboxMessage[]>) {
  for await (const part of parts) {
    yield part.map(toNotification);
  }
}
