import { AuditorService } from '@backstage/backend-plugin-api';
import { manualPublishOperations } from '@herald/backstage-plugin-manual-publish-common';
import { auditRefusal, audited, bytesReader } from '@herald/backend-kit';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { NotionWebhook } from '../webhook/NotionWebhook';
import { explained } from './explained';
import { Gatekeeper } from './Gatekeeper';

const { notionWebhook, notionVerification } = manualPublishOperations;
const readBytes = bytesReader(256 * 1024);

export type WebhookRouterOptions = {
  auditor: AuditorService;
  gatekeeper: Gatekeeper;
  webhook: NotionWebhook;
};

/** What Notion tells. */
export function webhookRouter(options: WebhookRouterOptions): Router {
  const { auditor, gatekeeper, webhook } = options;
  const router = PromiseRouter();

  // Proven by the signature, and by nothing of the host's.
  router.post(notionWebhook.path, async (req, res) => {
    const body = await readBytes(req, res);
    await webhook
      .receive(body, req.header('x-notion-signature'))
      .catch(error => {
        throw explained(error);
      });
    res.status(204).end();
  });

  router.get(notionVerification.path, async (req, res) => {
    const event = {
      eventId: 'read-verification-token',
      severityLevel: 'medium',
      request: req,
    } as const;
    const { principal } = await gatekeeper
      .administrator(req)
      .catch(refusal => auditRefusal(auditor, event, refusal));
    const { token, at } = await audited(
      auditor,
      { ...event, meta: { caller: principal } },
      async () => webhook.verification(),
    );
    res.json({ verification_token: token, received_at: at.toISOString() });
  });

  return router;
}
