import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { isRefusal, retryAfterOf, statusOf } from '../refusal';
import { ConnectionWatch } from './ConnectionWatch';
import {
  readRetryAfter,
  retryDelay,
  STREAM_TIMINGS,
  type StreamTimings,
} from './streamTimings';

/**
 * - `connecting`: for the first time
 * - `connected`: what happens is told as it happens
 * - `polling`: there is no stream; it is tried again now and then
 * - `offline`: as `polling`, and the browser has no network
 * - `refused`: nobody is signed in, they may not, or there is nothing to follow; it is not tried again by itself
 * - `ended`: all has been told
 *
 * @public
 */
export type EventStreamState =
  | 'connecting'
  | 'connected'
  | 'polling'
  | 'offline'
  | 'refused'
  | 'ended';

/** Where a stream comes from, and who is told of what is in it. @public */
export type EventStreamOptions<E> = {
  /** Asks for the stream; a refusal may be answered or thrown. */
  open: (
    lastEventId: string | undefined,
    signal: AbortSignal,
  ) => Promise<Response>;
  /** @returns `undefined` for a ping, for what is not known, and for what is malformed */
  read: (message: EventSourceMessage) => E | undefined;
  /** Whether the past has been told with this; with whatever comes first where it is left out. `undefined` as of `read`. */
  isReady?: (event: E | undefined) => boolean;
  /** Whether the stream is over with this event. It never is where this is left out. */
  isLast?: (event: E) => boolean;
  /** @param id - from which the stream goes on after this event */
  onEvent: (event: E, id: string | undefined) => void;
  /** The server does not take the id that it was given for one of its own; what follows is told anew. */
  onReset?: () => void;
  onState: (state: EventStreamState) => void;
  timings?: Partial<StreamTimings>;
  random?: () => number;
  isOnline?: () => boolean;
};

type ConnectionEnd =
  | { type: 'told' }
  | { type: 'ended'; wasSilent: boolean }
  | { type: 'failed'; retryAfter?: number }
  | { type: 'heldBack' }
  | { type: 'refused' };

/** More than this of one event is no event of ours. */
const LONGEST_EVENT = 4_000_000;
/** A connection that has gone silent so often in a row has something between us that holds back what it should pass on. */
const SILENT_ENDS = 2;

/**
 * Follows a stream of server-sent events, and comes back whenever it is cut off, with the id of the last event that it has told.
 * Tells every event once, in order, whatever happens to the connections. It asks with `fetch`, so that a token goes along.
 *
 * @public
 */
export class EventStream<E> {
  readonly #options: EventStreamOptions<E>;
  readonly #timings: StreamTimings;
  readonly #random: () => number;
  #running: AbortController | undefined;
  #state: EventStreamState | undefined;
  #lastId: string | undefined;
  #failures = 0;
  #silentEnds = 0;
  #wake = () => {};
  #watch: ConnectionWatch | undefined;

  constructor(options: EventStreamOptions<E>) {
    this.#options = options;
    this.#timings = { ...STREAM_TIMINGS, ...options.timings };
    this.#random = options.random ?? Math.random;
  }

  /**
   * Opens the stream, anew where it was open.
   *
   * @param after - the id of the last event that is known; nothing is told that came before it
   */
  start(after?: string) {
    this.stop();
    this.#lastId = after;
    this.#failures = 0;
    this.#silentEnds = 0;
    this.#state = undefined;
    this.#running = new AbortController();
    void this.#run(this.#running.signal);
  }

  /** Tells nothing from here on. */
  stop() {
    this.#running?.abort();
    this.#running = undefined;
  }

  /** Tries again now where it waits, also where it was refused. */
  retry() {
    this.checkSilence();
    this.#wake();
  }

  /** Leaves a connection that has died unnoticed, as when the computer slept. */
  checkSilence() {
    this.#watch?.look();
  }

  async #run(signal: AbortSignal) {
    this.#become('connecting');
    while (!signal.aborted) {
      const since = Date.now();
      const end = await this.#connect(signal);
      if (signal.aborted) {
        return;
      }
      if (end.type === 'told') {
        this.#become('ended');
        return;
      }
      await this.#pause(this.#judge(end, Date.now() - since), signal);
    }
  }

  /** What to tell of the end of a connection, and how long to wait before the next; `undefined`: until somebody asks. */
  #judge(
    end: Exclude<ConnectionEnd, { type: 'told' }>,
    lasted: number,
  ): number | undefined {
    const { comeBack, stable, heldBackRetry } = this.#timings;
    switch (end.type) {
      case 'refused':
        this.#become('refused');
        return undefined;
      case 'heldBack':
        this.#become('polling');
        return heldBackRetry * (0.8 + 0.4 * this.#random());
      case 'failed':
        this.#failures += 1;
        this.#becomeDown();
        return end.retryAfter === undefined
          ? retryDelay(this.#failures, this.#random(), this.#timings)
          : end.retryAfter * (1 + 0.25 * this.#random());
      default:
        this.#silentEnds = end.wasSilent ? this.#silentEnds + 1 : 0;
        if (this.#silentEnds >= SILENT_ENDS) {
          this.#silentEnds = 0;
          return this.#judge({ type: 'heldBack' }, lasted);
        }
        if (lasted < stable) {
          this.#failures += 1;
          if (this.#failures > 1) {
            this.#becomeDown();
          }
          return retryDelay(this.#failures, this.#random(), this.#timings);
        }
        // An end in order: nothing is missed, so nobody need know.
        this.#failures = 0;
        return comeBack * this.#random();
    }
  }

  async #connect(signal: AbortSignal): Promise<ConnectionEnd> {
    const { silence, firstByte } = this.#timings;
    const { isReady = () => true, isLast = () => false } = this.#options;
    const connection = new AbortController();
    const abort = () => connection.abort();
    signal.addEventListener('abort', abort);
    let isOpen = false;
    let hasBegun = false;
    let isOver = false;
    const watch = new ConnectionWatch(
      () => (hasBegun ? silence : firstByte),
      abort,
    );
    this.#watch = watch;
    const parser = createParser({
      maxBufferSize: LONGEST_EVENT,
      onError: ({ type }) => {
        if (type === 'max-buffer-size-exceeded') {
          abort();
        }
      },
      onEvent: message => {
        if (connection.signal.aborted || isOver) {
          return;
        }
        if (message.event === 'ping') {
          this.#silentEnds = 0;
        }
        // Also what is not understood has been told.
        this.#lastId = message.id ?? this.#lastId;
        const event = this.#options.read(message);
        hasBegun = hasBegun || isReady(event);
        if (event !== undefined) {
          isOver = isLast(event);
          this.#options.onEvent(event, this.#lastId);
        }
        if (hasBegun) {
          this.#become('connected');
        }
      },
    });

    try {
      const response = await this.#options.open(
        this.#lastId,
        connection.signal,
      );
      if (!response.ok) {
        return this.#refusal(
          response.status,
          response.headers.get('retry-after'),
        );
      }
      const type = response.headers.get('content-type');
      if (!response.body || !type?.startsWith('text/event-stream')) {
        return { type: 'failed' };
      }
      isOpen = true;
      watch.heard();
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      let chunk = await reader.read();
      while (!chunk.done && !connection.signal.aborted && !isOver) {
        parser.feed(decoder.decode(chunk.value, { stream: true }));
        watch.heard();
        chunk = isOver ? chunk : await reader.read();
      }
    } catch (error) {
      const status = statusOf(error);
      if (!isOpen && status !== undefined) {
        return this.#refusal(status, retryAfterOf(error));
      }
      // Whatever broke it, what is known of the connection tells what to do.
    } finally {
      watch.stop();
      abort();
      this.#watch = undefined;
      signal.removeEventListener('abort', abort);
    }
    if (isOver) {
      return { type: 'told' };
    }
    if (hasBegun) {
      return { type: 'ended', wasSilent: watch.hasGivenUp };
    }
    return { type: isOpen && watch.hasGivenUp ? 'heldBack' : 'failed' };
  }

  #refusal(
    status: number,
    retryAfter: string | null | undefined,
  ): ConnectionEnd {
    if (isRefusal(status)) {
      return { type: 'refused' };
    }
    if (status === 400 && this.#lastId !== undefined) {
      // The server does not take our id for one of its own: begin anew, and say so.
      this.#lastId = undefined;
      this.#options.onReset?.();
    }
    return {
      type: 'failed',
      retryAfter: readRetryAfter(retryAfter, Date.now()),
    };
  }

  #pause(ms: number | undefined, signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const timer =
        ms === undefined ? undefined : setTimeout(() => this.#wake(), ms);
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      signal.addEventListener('abort', wake);
      this.#wake = wake;
    });
  }

  #becomeDown() {
    const isOnline = this.#options.isOnline ?? (() => navigator.onLine);
    this.#become(isOnline() ? 'polling' : 'offline');
  }

  #become(state: EventStreamState) {
    if (state !== this.#state) {
      this.#state = state;
      this.#options.onState(state);
    }
  }
}
