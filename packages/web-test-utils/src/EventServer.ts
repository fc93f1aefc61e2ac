import http from 'node:http';
import { AddressInfo } from 'node:net';

export type ToldEvent = { name?: string; data: string };

const written = ({ name, data }: ToldEvent, id: number) =>
  `${name === undefined ? '' : `event: ${name}\n`}id: ${id}\ndata: ${data}\n\n`;

/**
 * A stream over a real connection. It keeps a feed whose ids count from 1, and hands out what comes after the one that the client
 * names, in the header `Last-Event-ID` or as `after` in the query.
 */
export class EventServer {
  readonly #server = http.createServer((request, response) => {
    this.lastIds.push(idIn(request));
    const answer = this.answers.shift();
    if (answer) {
      answer(response);
    } else {
      this.#stream(idIn(request), response);
    }
  });
  readonly #greeting: ToldEvent | undefined;
  readonly #open = new Set<{ response: http.ServerResponse; push(): void }>();
  /** What each request has named. */
  readonly lastIds: (string | undefined)[] = [];
  /** What the next requests get in place of the stream. */
  readonly answers: ((response: http.ServerResponse) => void)[] = [];
  readonly feed: ToldEvent[] = [];
  /** After how many bytes the next connections are cut. */
  readonly cuts: number[] = [];

  /** @param greeting - told once what was before has been told, with the id of that */
  constructor(greeting?: ToldEvent) {
    this.#greeting = greeting;
  }

  async start(): Promise<this> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  get streams(): number {
    return this.#open.size;
  }

  tell(event: ToldEvent): void {
    this.feed.push(event);
    this.#open.forEach(({ push }) => push());
  }

  ping(): void {
    this.#open.forEach(({ response }) =>
      response.write('event: ping\ndata: ping\n\n'),
    );
  }

  endStreams(): void {
    this.#open.forEach(({ response }) => response.end());
    this.#open.clear();
  }

  #stream(after: string | undefined, response: http.ServerResponse): void {
    let next = Number(after ?? 0);
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
        const event = this.feed[next];
        next += 1;
        write(written(event, next));
      }
    };
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    push();
    if (this.#greeting && left > 0) {
      write(written(this.#greeting, next));
    }
    const opened = { response, push };
    this.#open.add(opened);
    response.on('close', () => this.#open.delete(opened));
  }
}

function idIn({ headers, url = '' }: http.IncomingMessage): string | undefined {
  return (
    headers['last-event-id']?.toString() ??
    new URL(url, 'http://any').searchParams.get('after') ??
    undefined
  );
}
