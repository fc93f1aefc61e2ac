import { AuditorService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  notificationLimits,
  notificationsCreatePermission,
  notificationsListPermission,
  notificationsOperations,
  notificationsUpdateReadPermission,
} from '@herald/backstage-plugin-notifications-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { BroadcastRule } from '../messages/BroadcastRule';
import { Inbox } from '../messages/Inbox';
import { MessageSender } from '../messages/MessageSender';
import { InboxFilter } from '../messages/MessageStore';
import { auditRefusal, audited } from './audited';
import { Gatekeeper } from './Gatekeeper';
import { readJsonBody } from './readJsonBody';
import { readPageCursor, writePageCursor } from './pageCursor';
import { parse, parseQuery, searchParamsOf } from './parse';
import { toNotification } from './toNotification';

const { send, list, count, updateRead } = notificationsOperations;

export type NotificationsRouterOptions = {
  auditor: AuditorService;
  gatekeeper: Gatekeeper;
  sender: MessageSender;
  inbox: Inbox;
  broadcastRule: BroadcastRule;
};

/** `/notifications`: send, list, count, mark as read. */
export function notificationsRouter(
  options: NotificationsRouterOptions,
): Router {
  const { auditor, gatekeeper, sender, inbox, broadcastRule } = options;
  const router = PromiseRouter();

  router.post(send.path, async (req, res) => {
    // Before the body is read: who may not send does not make us parse.
    const { principal, user } = await gatekeeper
      .sender(req, notificationsCreatePermission)
      .catch(refusal => auditRefusal(auditor, req, refusal));
    parseQuery(send.query, req.originalUrl);
    const { 'idempotency-key': key } = parse(
      send.headers,
      req.headers,
      'header',
    );
    const notification = parse(send.body, await readJsonBody(req, res), 'body');
    const deliver = () => sender.send(principal, notification, key);
    const { messageId } = MessageSender.isBroadcast(notification)
      ? await audited(
          auditor,
          {
            eventId: 'broadcast',
            severityLevel: 'medium',
            request: req,
            meta: { sender: principal, origin: notification.origin },
          },
          async () => {
            if (user && !(await broadcastRule.allows(user))) {
              throw new NotAllowedError(
                'Sending to everybody: permissions are switched off here, and you are not among notifications.broadcasters',
              );
            }
            return deliver();
          },
        )
      : await deliver();
    res.json({ messageId, msgid: messageId });
  });

  router.get(list.path, async (req, res) => {
    const user = await gatekeeper.user(req, notificationsListPermission);
    const query = parseQuery(list.query, req.originalUrl);
    const filter = toFilter(query);
    const isPaged = query.pageSize > 0;
    const page = await inbox.list(user, {
      ...filter,
      orderBy: query.orderBy,
      direction: query.orderByDirec,
      limit: isPaged ? query.pageSize : notificationLimits.pageSize,
      ...(query.cursor === undefined
        ? { offset: isPaged ? (query.pageNumber - 1) * query.pageSize : 0 }
        : { after: readPageCursor(query.cursor, query.orderByDirec) }),
    });
    res.append('Access-Control-Expose-Headers', 'Link, X-Total-Count');
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
    res.json(page.messages.map(toNotification));
  });

  router.get(count.path, async (req, res) => {
    const user = await gatekeeper.user(req, notificationsListPermission);
    const query = parseQuery(count.query, req.originalUrl);
    res.json({ count: await inbox.count(user, toFilter(query)) });
  });

  router.put(updateRead.path, async (req, res) => {
    const user = await gatekeeper.user(req, notificationsUpdateReadPermission);
    const { messageId, read } = parseQuery(updateRead.query, req.originalUrl);
    await inbox.markRead(user, messageId, read);
    res.status(200).end();
  });

  return router;
}

function toFilter(query: {
  containsText?: string;
  createdAfter?: string;
  messageScope: InboxFilter['scope'];
  read?: boolean;
}): InboxFilter {
  return {
    containsText: query.containsText,
    createdAfter: query.createdAfter ? new Date(query.createdAfter) : undefined,
    scope: query.messageScope,
    isRead: query.read,
  };
}
