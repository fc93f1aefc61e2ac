import http from 'node:http';
import { AddressInfo } from 'node:net';
import { aNotification } from '../../../testing';

type Told = { name: string; data: string };

const written = ({ name, data }: Told, id?: number) =>
  `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`;

/**
 * A stream over a real connection for tests. It keeps a feed whose ids count from 1, and hands out what comes after the one that
 * the client names.
 */
export class StreamServer {
  readonly #server = http.createServer((request, response) => {
    this.requests.push(request);
    const answer = this.answers.shift();
    if (answer) {
      answer(response);
    } else {
      this.#stream(request, response);
    }
  });
  readonly #open = new Set<{ response: http.ServerResponse; push(): void }>();
  readonly requests: http.IncomingMessage[] = [];
  /** What the next requests get in place of the stream. */
  readonly answers: ((response: http.ServerResponse) => void)[] = [];
  readonly feed: Told[] = [];
  /** After how many bytes the next connections are cut. */
  readonly cuts: number[] = [];

  static async start() {
    const server = new StreamServer();
    await new Promise<void>(resolve => {
      server.#server.listen(0, '127.0.0.1', resolve);
    });
    return server;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  get discoveryApi() {
    const { port } = this.#server.address() as AddressInfo;
    return { getBaseUrl: async () => `http://127.0.0.1:${port}` };
  }

  get streams() {
    return this.#open.size;
  }

  /** The cursors that the clients have come with. */
  get cursors() {
    return this.requests.map(({ url }) =>
      new URL(url ?? '', 'http://any').searchParams.get('after'),
    );
  }

  tell(name: string, data: object | string) {
    this.feed.push({
      name,
      data: typeof data === 'string' ? data : JSON.stringify(data),
    });
    this.#open.forEach(({ push }) => push());
  }

  tellMessage(number: number) {
    // More bytes than characters, so that a cut falls within one, too.
    this.tell('message', aNotification(number, { message: 'Всё готово ✓' }));
  }

  ping() {
    this.#open.forEach(({ response }) =>
      response.write(written({ name: 'ping', data: 'ping' })),
    );
  }

  endStreams() {
    this.#open.forEach(({ response }) => response.end());
  }

  #stream(request: http.IncomingMessage, response: http.ServerResponse) {
    const { searchParams } = new URL(request.url ?? '', 'http://any');
    let next = Number(searchParams.get('after') ?? 0);
    let left = this.cuts.shift() ?? Infinity;
    const write = (text: string) => {
      const bytes = Buffer.from(text).subarray(0, left);
      left -= bytes.length;
      response.write(bytes, () => {
        if (left === 0) {
          response.destroy();
        }
      });
    };
    const push = () => {
      while (next < this.feed.length && left > 0) {
        const told = this.feed[next];
        next += 1;
        write(written(told, next));
      }
    };
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    push();
    if (left > 0) {
      write(written({ name: 'ready', data: '{}' }, next));
    }
    const opened = { response, push };
    this.#open.add(opened);
    response.on('close', () => this.#open.delete(opened));
  }
}
