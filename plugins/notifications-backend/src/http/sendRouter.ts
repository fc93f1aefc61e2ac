import { AuditorService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  StandInRule,
  auditRefusal,
  audited,
  parse,
  parseQuery,
} from '@herald/backend-kit';
import {
  notificationsAdministerPermission,
  notificationsCreatePermission,
  notificationsOperations,
  sendNotificationSchema,
} from '@herald/backstage-plugin-notifications-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { SignedInUser } from '../audience/Audience';
import { MessageSender } from '../messages/MessageSender';
import { isUpstreamBody } from '../upstream/translate';
import { broadcasting } from './broadcasting';
import { Gatekeeper } from './Gatekeeper';
import { readJsonBody } from './readJsonBody';
import { toContent } from './toNotification';
import { UpstreamRouterOptions, acceptAsUpstream } from './upstreamRouter';

const { send, correct, withdraw } = notificationsOperations;

export type SendRouterOptions = UpstreamRouterOptions & {
  auditor: AuditorService;
  gatekeeper: Gatekeeper;
  sender: MessageSender;
  broadcastRule: StandInRule<SignedInUser>;
  administrationRule: StandInRule<SignedInUser>;
};

/** `/notifications`: send, correct, withdraw. */
export function sendRouter(options: SendRouterOptions): Router {
  const { auditor, gatekeeper, sender } = options;
  const router = PromiseRouter();

  router.post(send.path, async (req, res) => {
    // Before the body is read: who may not send does not make us parse.
    const from = await gatekeeper
      .sender(req, notificationsCreatePermission)
      .catch(refusal =>
        auditRefusal(
          auditor,
          { eventId: 'send', severityLevel: 'medium', request: req },
          refusal,
        ),
      );
    parseQuery(send.query, req.originalUrl);
    const { 'idempotency-key': key } = parse(
      send.headers,
      req.headers,
      'header',
    );
    const body = await readJsonBody(req, res);
    if (isUpstreamBody(body)) {
      res.json(await acceptAsUpstream(options, req, from, body, key));
      return;
    }
    const notification = parse(sendNotificationSchema, body, 'body');
    const deliver = () => sender.send(from.principal, notification, key);
    const { messageId } = MessageSender.isBroadcast(notification)
      ? await broadcasting(options, req, from, notification.origin, deliver)
      : await deliver();
    res.json({ messageId, msgid: messageId });
  });

  router.patch(correct.path, async (req, res) => {
    const message = await changing(options, req, 'correct', async id =>
      sender.correct(
        id,
        parse(correct.body, await readJsonBody(req, res), 'body'),
      ),
    );
    res.json(toContent(message));
  });

  router.delete(withdraw.path, async (req, res) => {
    await changing(options, req, 'withdraw', id => sender.withdraw(id));
    res.status(204).end();
  });

  return router;
}

/** Changes a message that was sent: for who sent it, or an administrator; the audit log hears of it either way. */
async function changing<T>(
  options: SendRouterOptions,
  req: Request,
  eventId: 'correct' | 'withdraw',
  change: (messageId: string) => Promise<T>,
): Promise<T> {
  const { auditor, gatekeeper, sender, administrationRule } = options;
  const event = { eventId, severityLevel: 'medium', request: req } as const;
  const { principal } = await gatekeeper
    .principal(req, notificationsCreatePermission)
    .catch(refusal => auditRefusal(auditor, event, refusal));
  const operation = notificationsOperations[eventId];
  parseQuery(operation.query, req.originalUrl);
  const { id } = parse(operation.pathParams, req.params, 'parameter');
  const messageId = id.toLowerCase();
  return audited(
    auditor,
    { ...event, meta: { caller: principal, messageId } },
    async () => {
      if ((await sender.senderOf(messageId)) !== principal) {
        const caller = await gatekeeper.principal(
          req,
          notificationsAdministerPermission,
        );
        if (!(await administrationRule.allows(caller))) {
          throw new NotAllowedError(
            'You are neither the sender nor among notifications.administrators',
          );
        }
      }
      return change(messageId);
    },
  );
}
