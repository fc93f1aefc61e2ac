import { JsonObject } from '@backstage/types';
import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Pool } from 'undici';

/** A request to a portal, as one of its users or another service sends it. */
export type Call = {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  authorization: string;
  body?: JsonObject;
};

/** A Backstage backend in a process of its own: what the client costs is not on the server's account. */
export type Portal = {
  /** @returns the body of the answer; anything but 200 throws */
  call(call: Call): Promise<string>;
  stop(): Promise<void>;
};

/** What the process of a portal says when it is up, or why it is not. */
export type PortalGreeting = { port: number } | { failure: string };

/**
 * @param entry - module that starts the portal: it takes `settings` as its first message and answers with a greeting
 */
export async function startPortal(
  entry: string,
  settings: JsonObject,
): Promise<Portal> {
  const child = fork(entry, {
    // Standard output belongs to the report.
    stdio: ['ignore', 2, 2, 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const gone = once(child, 'exit');
  child.send(settings);
  const greeting = await Promise.race([
    greetingOf(child),
    gone.then(
      ([code]): PortalGreeting => ({ failure: `it exited with ${code}` }),
    ),
  ]);
  if ('failure' in greeting) {
    child.kill();
    throw new Error(`The portal did not start: ${greeting.failure}`);
  }
  const pool = new Pool(`http://127.0.0.1:${greeting.port}`, {
    connections: 64,
  });
  return {
    async call({ method, path, authorization, body }) {
      const response = await pool.request({
        method,
        path,
        headers: {
          authorization,
          ...(body && { 'content-type': 'application/json' }),
        },
        body: body && JSON.stringify(body),
      });
      const text = await response.body.text();
      if (response.statusCode !== 200) {
        throw new Error(
          `${method} ${path}: status ${response.statusCode}, ${text.slice(
            0,
            500,
          )}`,
        );
      }
      return text;
    },
    async stop() {
      await pool.close();
      if (child.connected) {
        child.disconnect();
      }
      await gone;
    },
  };
}

/** Backstage has messages of its own for a parent process; they are passed over. */
function greetingOf(child: ChildProcess): Promise<PortalGreeting> {
  return new Promise(resolve => {
    child.on('message', message => {
      if (isGreeting(message)) {
        resolve(message);
      }
    });
  });
}

function isGreeting(message: unknown): message is PortalGreeting {
  return (
    typeof message === 'object' &&
    message !== null &&
    ('port' in message || 'failure' in message)
  );
}
