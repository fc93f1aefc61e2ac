import { AuditorService } from '@backstage/backend-plugin-api';
import {
  StandInRule,
  auditRefusal,
  parse,
  parseQuery,
} from '@herald/backend-kit';
import {
  UpstreamSentNotifications,
  notificationsCreatePermission,
  notificationsOperations,
} from '@herald/backstage-plugin-notifications-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { SignedInUser } from '../audience/Audience';
import { UpstreamSender } from '../upstream/UpstreamSender';
import { tidied } from '../upstream/tidied';
import { isUpstreamBroadcast } from '../upstream/translate';
import { broadcasting } from './broadcasting';
import { Gatekeeper, Sender } from './Gatekeeper';
import { readJsonBody } from './readJsonBody';

const { sendAsUpstream } = notificationsOperations;

export type UpstreamRouterOptions = {
  auditor: AuditorService;
  gatekeeper: Gatekeeper;
  upstreamSender: UpstreamSender;
  broadcastRule: StandInRule<SignedInUser>;
};

/** `POST /`: where Backstage's own notification service sends to. The secret opens nothing here. */
export function upstreamRouter(options: UpstreamRouterOptions): Router {
  const { auditor, gatekeeper } = options;
  const router = PromiseRouter();

  router.post(sendAsUpstream.path, async (req, res) => {
    const from = await gatekeeper
      .principal(req, notificationsCreatePermission)
      .catch(refusal =>
        auditRefusal(
          auditor,
          { eventId: 'send', severityLevel: 'medium', request: req },
          refusal,
        ),
      );
    parseQuery(sendAsUpstream.query, req.originalUrl);
    const { 'idempotency-key': key } = parse(
      sendAsUpstream.headers,
      req.headers,
      'header',
    );
    res.json(
      await acceptAsUpstream(
        options,
        req,
        from,
        await readJsonBody(req, res),
        key,
      ),
    );
  });

  return router;
}

/** Accepts a body of upstream's from somebody who may send. */
export async function acceptAsUpstream(
  options: UpstreamRouterOptions,
  req: Request,
  from: Sender,
  body: unknown,
  key: string | undefined,
): Promise<UpstreamSentNotifications> {
  const notification = parse(sendAsUpstream.body, tidied(body), 'body');
  const deliver = () =>
    options.upstreamSender.send(from.principal, notification, key);
  return isUpstreamBroadcast(notification)
    ? broadcasting(options, req, from, from.principal, deliver)
    : deliver();
}
