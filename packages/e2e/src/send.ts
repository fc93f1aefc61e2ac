import { fetch, Response } from 'undici';
import { Portal } from './portal';

/** The default of app-config.yaml. */
export const DEVELOPMENT_SECRET = 'herald-dev-secret';

export type OutgoingMessage = {
  title: string;
  message?: string;
  origin: string;
  topic?: string;
  targetUsers?: string[];
  targetGroups?: string[];
  targetEntities?: string[];
  actions?: { title: string; url: string }[];
  severity?: 'critical' | 'high' | 'normal' | 'low';
  type?: 'success' | 'error' | 'info' | 'processing';
  link?: string;
  icon?: string;
  solution?: string;
  document_title?: string;
  scope?: string;
  expiresAt?: string;
};

/** Sends as a program outside of the portal does, and answers what the portal answered. */
export async function post(
  portal: Portal,
  message: OutgoingMessage,
  headers: Record<string, string> = {
    'notifications-secret': DEVELOPMENT_SECRET,
  },
): Promise<Response> {
  return fetch(`${portal.url}/api/notifications/notifications`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(message),
  });
}

/**
 * Sends, and fails loudly if the portal refuses.
 *
 * @returns the id of the message
 */
export async function send(
  portal: Portal,
  message: OutgoingMessage,
): Promise<string> {
  const response = await post(portal, message);
  if (!response.ok) {
    throw new Error(`${response.status}: ${await response.text()}`);
  }
  const { messageId } = (await response.json()) as { messageId: string };
  return messageId;
}
