import { Connection, createEventBuffer } from 'better-sse';
import { Response } from 'express';
import { StreamEvent, StreamSink } from '../stream/StreamEvent';
import { toContent, toNotification } from './toNotification';

/** One ping for all: without an id, even an empty one, which would make a browser forget where it was. */
const PING = createEventBuffer({ serializer: String })
  .event('ping')
  .data('ping')
  .dispatch()
  .read();

/** One event goes to many streams; it is written once. Gone with the event. */
const written = new WeakMap<StreamEvent, string>();

export class SseSink implements StreamSink {
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

  send(event: StreamEvent): void {
    if (!this.isOver) {
      this.#res.write(write(event));
    }
  }

  /** Keeps the connection alive. */
  ping(): void {
    if (!this.isOver) {
      this.#res.write(PING);
    }
  }

  get pendingBytes(): number {
    return this.#res.writableLength;
  }

  get isOver(): boolean {
    return this.#res.writableEnded || this.#res.destroyed;
  }

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

  onClose(listener: () => void): void {
    if (this.#res.closed) {
      listener();
    } else {
      this.#closeListeners.push(listener);
    }
  }

  end(): void {
    if (!this.isOver) {
      const timer = setTimeout(() => this.drop(), this.#patienceMs);
      this.onClose(() => clearTimeout(timer));
      this.#res.end();
    }
  }

  drop(): void {
    this.#res.destroy();
  }
}

/**
 * Opens a stream of server-sent events on a response. Proxies and the host are told not to buffer, compress or keep it.
 *
 * Of the library this uses the format and the headers, and not its sessions: those make a request and a response of the web's kind for each
 * connection, which are as large as all the rest of it.
 *
 * @param patienceMs - how long a reader may take over what is pending before it is dropped
 */
export function openSseSink(res: Response, patienceMs: number): SseSink {
  res.writeHead(200, { ...Connection.constants.RESPONSE_HEADERS });
  res.flushHeaders();
  // Nothing comes after a stream: the routers that led here are not kept in memory for as long as it lasts.
  res.req.next = undefined;
  return new SseSink(res, patienceMs);
}

function ignore(): void {}

function write(event: StreamEvent): string {
  let text = written.get(event);
  if (text === undefined) {
    text = createEventBuffer()
      .push(payload(event), event.type, event.cursor)
      .read();
    written.set(event, text);
  }
  return text;
}

function payload(event: StreamEvent): object {
  switch (event.type) {
    case 'message':
      return toNotification(event.message);
    case 'correction':
      return toContent(event.message);
    case 'withdrawal':
      return { messageIds: event.messageIds };
    case 'read':
    case 'archived':
    case 'saved':
      return { messageIds: event.messageIds, [event.type]: event.value };
    case 'refresh':
      return event.isForAll ? { everyone: true } : {};
    case 'ready':
      return event.hasOlder ? { older: true } : {};
    default:
      return {};
  }
}
