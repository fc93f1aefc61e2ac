import { JsonObject } from '@backstage/types';
import { Pool } from 'undici';
import { Worker, startWorker } from './worker';

/** A request to a portal, as one of its users or another service sends it. */
export type Call = {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  authorization: string;
  body?: JsonObject;
};

/** A Backstage backend in a process of its own: what the client costs is not on the server's account. */
export type Portal = Pick<Worker, 'ask' | 'stop'> & {
  readonly port: number;
  /** @returns the body of the answer; anything but 200 throws */
  call(call: Call): Promise<string>;
};

/** Longer than this, and a call has failed. */
export const CALL_TIMEOUT_S = 300;

/**
 * @param entry - module that starts the portal: it calls `serveParent` and greets with its `port`
 */
export async function startPortal(
  entry: string,
  settings: JsonObject,
): Promise<Portal> {
  const worker = await startWorker(entry, settings);
  const port = Number(worker.greeting.port);
  const pool = openPool(port, 64);
  return {
    port,
    call: call => request(pool, call),
    ask: question => worker.ask(question),
    async stop() {
      await pool.close();
      await worker.stop();
    },
  };
}

export function openPool(port: number, connections: number): Pool {
  return new Pool(`http://127.0.0.1:${port}`, {
    connections,
    headersTimeout: CALL_TIMEOUT_S * 1000,
    bodyTimeout: CALL_TIMEOUT_S * 1000,
  });
}

/** @returns the body of the answer; anything but 200 throws */
export async function request(
  pool: Pool,
  { method, path, authorization, body }: Call,
): Promise<string> {
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
      `${method} ${path}: status ${response.statusCode}, ${text.slice(0, 500)}`,
    );
  }
  return text;
}
