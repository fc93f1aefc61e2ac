import { manualPublishOperations } from '@herald/backstage-plugin-manual-publish-common';
import { bytesReader } from '@herald/backend-kit';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { NotionWebhook } from '../webhook/NotionWebhook';
import { explained } from './explained';
import { Gatekeeper } from './Gatekeeper';

const { notionWebhook, notionVerification } = manualPublishOperations;
const readBytes = bytesReader(256 * 1024);

export type WebhookRouterOptions = {
  gatekeeper: Gatekeeper;
  webhook: NotionWebhook;
};

/** What Notion tells. */
export function webhookRouter(options: WebhookRouterOptions): Router {
  const { gatekeeper, webhook } = options;
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
    await gatekeeper.administrator(req);
    const { token, at } = webhook.verification();
    res.json({ verification_token: token, received_at: at.toISOString() });
  });

  return router;
}
