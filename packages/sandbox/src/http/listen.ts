import { Express } from 'express';
import { createServer } from 'node:http';

export interface Listening {
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  url: string;
  stop(): Promise<void>;
}

/** Serves on the loopback address only; port 0 takes a free one. */
export async function listen(app: Express, port = 0): Promise<Listening> {
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The sandbox listens on no port');
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close(error => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
