import { mockCredentials } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { OpenedStream, openStream } from '@herald/test-utils';
import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { BASE, SECRET } from './startNotifications';

/** A portal in a process of its own, on a database that outlives it. */
export class PortalProcess {
  readonly #config: JsonObject;
  #child: ChildProcess | undefined;
  #port = 0;

  /** @param options - `database` as in `backend.database` */
  constructor(options: { database: JsonObject; notifications?: JsonObject }) {
    this.#config = {
      backend: { database: options.database },
      permission: { enabled: false },
      notifications: { externalCallerSecret: SECRET, ...options.notifications },
    };
  }

  async start(): Promise<void> {
    const child = fork(path.join(__dirname, 'portalMain.ts'), {
      execArgv: [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      ],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    this.#child = child;
    child.send(this.#config);
    const ready = new Promise<void>(resolve => {
      // Other messages are the loader's own.
      child.on('message', (message: { port?: number }) => {
        if (message.port !== undefined) {
          this.#port = message.port;
          resolve();
        }
      });
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`The portal ended with ${code}`);
    });
    await Promise.race([ready, ended]);
    ended.catch(() => {});
  }

  /** As a crash of the machine would: nothing of it goes on, and nothing is put in order. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
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
    return `http://127.0.0.1:${this.#port}${BASE}${pathname}`;
  }
}

function headersOf(userRef: string) {
  return { Authorization: mockCredentials.user.header(userRef) };
}
