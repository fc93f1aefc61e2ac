import { mockCredentials } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { OpenedStream, openStream, PortalProcess } from '@herald/test-utils';
import path from 'node:path';
import { BASE, SECRET } from './startNotifications';

/** A portal that notifies, in a process of its own. */
export class NotifyingProcess extends PortalProcess {
  /** @param options - `database` as in `backend.database` */
  constructor(options: { database: JsonObject; notifications?: JsonObject }) {
    super({
      main: path.join(__dirname, 'portalMain.ts'),
      config: {
        backend: { database: options.database },
        permission: { enabled: false },
        notifications: {
          externalCallerSecret: SECRET,
          ...options.notifications,
        },
      },
    });
  }

  /** @throws where the connection broke before the answer came */
  async send(body: object, idempotencyKey?: string): Promise<Response> {
    return fetch(this.#url('/notifications'), {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'notifications-secret': SECRET,
        ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }),
      },
      body: JSON.stringify(body),
    });
  }

  async get(pathname: string, userRef: string): Promise<Response> {
    return fetch(this.#url(pathname), { headers: headersOf(userRef) });
  }

  /** @param after - the id of the last event that was seen */
  async follow(userRef: string, after?: string): Promise<OpenedStream> {
    return openStream(this.#url('/notifications/stream'), {
      ...headersOf(userRef),
      ...(after && { 'Last-Event-ID': after }),
    });
  }

  #url(pathname: string): string {
    return this.urlOf(BASE + pathname);
  }
}

function headersOf(userRef: string) {
  return { Authorization: mockCredentials.user.header(userRef) };
}
