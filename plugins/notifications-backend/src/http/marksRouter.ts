import { parse, parseQuery } from '@herald/backend-kit';
import {
  notificationsOperations,
  notificationsUpdateReadPermission,
} from '@herald/backstage-plugin-notifications-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Inbox } from '../messages/Inbox';
import { toAllReadFilter, toPoint } from './filters';
import { Gatekeeper } from './Gatekeeper';

const { updateRead, updateArchived, updateSaved, markAllRead, readOne, clear } =
  notificationsOperations;

export type MarksRouterOptions = { gatekeeper: Gatekeeper; inbox: Inbox };

/** What a user says of their own messages: read, archived, saved. */
export function marksRouter(options: MarksRouterOptions): Router {
  const { gatekeeper, inbox } = options;
  const router = PromiseRouter();
  const permission = notificationsUpdateReadPermission;

  router.put(updateRead.path, async (req, res) => {
    const user = await gatekeeper.user(req, permission);
    const { messageId, read } = parseQuery(updateRead.query, req.originalUrl);
    await inbox.mark(user, messageId, { kind: 'read', value: read });
    res.status(200).end();
  });

  router.put(updateArchived.path, async (req, res) => {
    const user = await gatekeeper.user(req, permission);
    const query = parseQuery(updateArchived.query, req.originalUrl);
    await inbox.mark(user, query.messageId, {
      kind: 'archived',
      value: query.archived,
    });
    res.status(200).end();
  });

  router.put(updateSaved.path, async (req, res) => {
    const user = await gatekeeper.user(req, permission);
    const query = parseQuery(updateSaved.query, req.originalUrl);
    await inbox.mark(user, query.messageId, {
      kind: 'saved',
      value: query.saved,
    });
    res.status(200).end();
  });

  router.put(markAllRead.path, async (req, res) => {
    const user = await gatekeeper.user(req, permission);
    const query = parseQuery(markAllRead.query, req.originalUrl);
    await inbox.markAllRead(user, toAllReadFilter(query), toPoint(query));
    res.status(200).end();
  });

  router.post(clear.path, async (req, res) => {
    const user = await gatekeeper.user(req, permission);
    parseQuery(clear.query, req.originalUrl);
    await inbox.clear(user);
    res.status(200).end();
  });

  router.post(readOne.path, async (req, res) => {
    const user = await gatekeeper.user(req, permission);
    parseQuery(readOne.query, req.originalUrl);
    const { id } = parse(readOne.pathParams, req.params, 'parameter');
    await inbox.mark(user, [id], { kind: 'read', value: true });
    res.status(200).end();
  });

  return router;
}
