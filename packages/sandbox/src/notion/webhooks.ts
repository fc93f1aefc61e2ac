import {
  BaseWebhookPayload,
  PageContentUpdatedWebhookPayload,
  PageCreatedWebhookPayload,
  PageDeletedWebhookPayload,
  PageMovedWebhookPayload,
  PagePropertiesUpdatedWebhookPayload,
  signWebhookPayload,
} from '@notionhq/client';
import { randomUUID } from 'node:crypto';
import { Clock } from '../http/Clock';
import { notionId } from './ids';
import { users } from './users';

export type PageEvent =
  | PageContentUpdatedWebhookPayload
  | PageCreatedWebhookPayload
  | PageDeletedWebhookPayload
  | PageMovedWebhookPayload
  | PagePropertiesUpdatedWebhookPayload;

export interface WebhookAnswer {
  status: number;
  body: string;
}

/** The event that Notion sends when this happens to a page. */
export function pageEvent(
  type: PageEvent['type'],
  pageId: string,
  clock: Clock,
): PageEvent {
  const base: BaseWebhookPayload = {
    id: randomUUID(),
    timestamp: new Date(clock.now()).toISOString(),
    workspace_id: notionId('workspace'),
    workspace_name: 'Herald sandbox',
    subscription_id: notionId('subscription'),
    integration_id: notionId('integration'),
    authors: [{ id: users.writer.id, type: 'person' }],
    attempt_number: 1,
    api_version: '2025-09-03',
  };
  const entity = { id: pageId, type: 'page' as const };
  const parent = { id: notionId('workspace'), type: 'space' as const };
  switch (type) {
    case 'page.content_updated':
      return { ...base, type, entity, data: { parent, updated_blocks: [] } };
    case 'page.properties_updated':
      return {
        ...base,
        type,
        entity,
        data: { parent, updated_properties: ['title'] },
      };
    default:
      return { ...base, type, entity, data: { parent } };
  }
}

/** Posts an event with Notion's signature over the very bytes of the body. */
export async function sendWebhook(
  url: string,
  event: PageEvent,
  verificationToken: string,
): Promise<WebhookAnswer> {
  const body = JSON.stringify(event);
  const signature = await signWebhookPayload({ body, verificationToken });
  return post(url, body, { 'X-Notion-Signature': signature });
}

/** The first request to a new subscription: it tells the token, and is signed with nothing. */
export function sendVerification(
  url: string,
  verificationToken: string,
): Promise<WebhookAnswer> {
  return post(
    url,
    JSON.stringify({ verification_token: verificationToken }),
    {},
  );
}

async function post(
  url: string,
  body: string,
  headers: Record<string, string>,
): Promise<WebhookAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, body: await response.text() };
}
