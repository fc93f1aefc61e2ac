import { Connection, createEventBuffer } from 'better-sse';
import { Response } from 'express';

/** One ping for all: without an id, even an empty one, which would make a browser forget where it was. */
const PING = createEventBuffer({ serializer: String })
  .event('ping')
  .data('ping')
  .dispatch()
  .read();

/** An open stream of server-sent events to one client. @public */
export class SseSink {
  readonly #res: Response;
  readonly #patienceMs: number;
  /** By itself, and not each on the response: an emitter keeps three objects for one that is called once. */
  readonly #closeListeners: (() => void)[] = [];

  constructor(res: Response, patienceMs: number) {
    this.#res = res;
    this.#patienceMs = patienceMs;
    // A connection that breaks is told by `close`; without a listener it would end the process.
    res.on('error', ignore);
    res.on('close', () => this.#closeListeners.forEach(listener => listener()));
  }

  /** Writes an event as {@link formatEvent} has made it; does nothing once the stream has ended. */
  write(text: string): void {
    if (!this.isOver) {
      this.#res.write(text);
    }
  }

  /** Keeps the connection alive. */
  ping(): void {
    if (!this.isOver) {
      this.#res.write(PING);
    }
  }

  /** Bytes that the reader has not taken yet. */
  get pendingBytes(): number {
    return this.#res.writableLength;
  }

  /** Whether nothing will be written any more. */
  get isOver(): boolean {
    return this.#res.writableEnded || this.#res.destroyed;
  }

  /** Resolves when the reader has taken everything, or the connection is gone; who does not take it in time is dropped. */
  drained(): Promise<void> {
    const res = this.#res;
    return new Promise(resolve => {
      if (!res.writableNeedDrain || this.isOver) {
        resolve();
        return;
      }
      const timer = setTimeout(() => this.drop(), this.#patienceMs);
      const settle = () => {
        clearTimeout(timer);
        res.off('drain', settle);
        res.off('close', settle);
        resolve();
      };
      res.on('drain', settle);
      res.on('close', settle);
    });
  }

  /** Calls back once the connection is gone; at once, where it is gone already. */
  onClose(listener: () => void): void {
    if (this.#res.closed) {
      listener();
    } else {
      this.#closeListeners.push(listener);
    }
  }

  /** Ends the stream in order; a client comes back by itself. A reader who does not take the rest is dropped after a while. */
  end(): void {
    if (!this.isOver) {
      const timer = setTimeout(() => this.drop(), this.#patienceMs);
      this.onClose(() => clearTimeout(timer));
      this.#res.end();
    }
  }

  /** Cuts the connection. */
  drop(): void {
    this.#res.destroy();
  }
}

/**
 * Opens a stream of server-sent events on a response.
 *
 * @param patienceMs - how long a reader may take over what is pending before it is dropped
 *
 * @public
 */
export function openSseSink(res: Response, patienceMs: number): SseSink {
  beginStream(res);
  return new SseSink(res, patienceMs);
}

/**
 * Begins an answer that is server-sent events, for a sink of a kind of its own. Proxies and the host are told not to buffer, compress or
 * keep it.
 *
 * Of the library this uses the format and the headers, and not its sessions: those make a request and a response of the web's kind for each
 * connection, which are as large as all the rest of it.
 *
 * @public
 */
export function beginStream(res: Response): void {
  res.writeHead(200, { ...Connection.constants.RESPONSE_HEADERS });
  res.flushHeaders();
  // Nothing comes after a stream: the routers that led here are not kept in memory for as long as it lasts.
  res.req.next = undefined;
}

function ignore(): void {}

/** One event as it goes over the wire; made once where it goes to many. @public */
export function formatEvent(event: {
  type: string;
  payload: object;
  /** What a client gives as `Last-Event-ID` when it comes back. */
  id?: string;
}): string {
  const buffer = createEventBuffer().event(event.type);
  if (event.id !== undefined) {
    buffer.id(event.id);
  }
  return buffer.data(event.payload).dispatch().read();
}
