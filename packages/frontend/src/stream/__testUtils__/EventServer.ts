import http from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = (response: http.ServerResponse) => void;

/**
 * A stream over a real connection for tests: words with ids that count from 1, `end` being the last of them. It tells what comes after
 * the `Last-Event-ID` of the client.
 */
export class EventServer {
  readonly #server = http.createServer((request, response) => {
    this.lastIds.push(request.headers['last-event-id']?.toString());
    const answer = this.answers.shift();
    if (answer) {
      answer(response);
    } else {
      this.#stream(request, response);
    }
  });
  readonly #open = new Set<{ response: http.ServerResponse; push(): void }>();
  readonly lastIds: (string | undefined)[] = [];
  /** What the next requests get in place of the stream. */
  readonly answers: Answer[] = [];
  readonly words: string[] = [];
  /** After how many bytes the next connections are cut. */
  readonly cuts: number[] = [];

  static async start() {
    const server = new EventServer();
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

  get url() {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  tell(word: string) {
    this.words.push(word);
    this.#open.forEach(({ push }) => push());
  }

  ping() {
    this.#open.forEach(({ response }) =>
      response.write('event: ping\ndata: ping\n\n'),
    );
  }

  endStreams() {
    this.#open.forEach(({ response }) => response.end());
    this.#open.clear();
  }

  #stream(request: http.IncomingMessage, response: http.ServerResponse) {
    let next = Number(request.headers['last-event-id'] ?? 0);
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
      while (next < this.words.length && left > 0) {
        const word = this.words[next];
        next += 1;
        write(`id: ${next}\ndata: ${word} ✓\n\n`);
      }
    };
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    push();
    const opened = { response, push };
    this.#open.add(opened);
    response.on('close', () => this.#open.delete(opened));
  }
}
