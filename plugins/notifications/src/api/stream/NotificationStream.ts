import {
  notificationsOperations,
  type NotificationStreamEvent,
} from '@herald/backstage-plugin-notifications-common';
import { createParser } from 'eventsource-parser';
import { isRefusal } from '../refusal';
import { readStreamEvent } from './streamEvents';
import {
  readRetryAfter,
  retryDelay,
  STREAM_TIMINGS,
  type StreamTimings,
} from './streamRetry';

/**
 * - `connecting`: for the first time
 * - `connected`: what happens is told as it happens
 * - `polling`: there is no stream; it is tried again now and then
 * - `offline`: as `polling`, and the browser has no network
 * - `refused`: nobody is signed in, or they may not; it is not tried again by itself
 *
 * @public
 */
export type StreamState =
  | 'connecting'
  | 'connected'
  | 'polling'
  | 'offline'
  | 'refused';

export type StreamedEvent = {
  event: NotificationStreamEvent;
  /** The cursor from which the stream goes on after this event. */
  id: string;
};

export type NotificationStreamOptions = {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi: { fetch: typeof fetch };
  onEvent: (event: StreamedEvent) => void;
  onState: (state: StreamState) => void;
  timings?: Partial<StreamTimings>;
  random?: () => number;
  isOnline?: () => boolean;
};

type ConnectionEnd =
  | { type: 'ended'; wasSilent: boolean }
  | { type: 'failed'; retryAfter?: number }
  | { type: 'heldBack' }
  | { type: 'refused' };

/** More than this of one event is no message of ours. */
const LONGEST_EVENT = 1_000_000;
/** A connection that has gone silent so often in a row has something between us that holds back what it should pass on. */
const SILENT_ENDS = 2;

/**
 * Follows the stream of the backend, and comes back whenever it is cut off, from the last event that it has told. Tells every
 * event once, in order, whatever happens to the connections.
 */
export class NotificationStream {
  readonly #options: NotificationStreamOptions;
  readonly #timings: StreamTimings;
  readonly #random: () => number;
  #running: AbortController | undefined;
  #state: StreamState | undefined;
  #lastId: string | undefined;
  #failures = 0;
  #silentEnds = 0;
  #wake = () => {};
  #lookAtConnection = () => {};

  constructor(options: NotificationStreamOptions) {
    this.#options = options;
    this.#timings = { ...STREAM_TIMINGS, ...options.timings };
    this.#random = options.random ?? Math.random;
  }

  /** @param after - the id of the last event that is known; nothing is told that came before it */
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
    this.#lookAtConnection();
  }

  async #run(signal: AbortSignal) {
    this.#become('connecting');
    while (!signal.aborted) {
      const since = Date.now();
      const end = await this.#connect(signal);
      if (signal.aborted) {
        return;
      }
      await this.#pause(this.#judge(end, Date.now() - since), signal);
    }
  }

  /** What to tell of the end of a connection, and how long to wait before the next; `undefined`: until somebody asks. */
  #judge(end: ConnectionEnd, lasted: number): number | undefined {
    const { comeBack, stable, heldBackRetry } = this.#timings;
    const isOnline = this.#options.isOnline ?? (() => navigator.onLine);
    const down = () => (isOnline() ? 'polling' : 'offline');
    switch (end.type) {
      case 'refused':
        this.#become('refused');
        return undefined;
      case 'heldBack':
        this.#become('polling');
        return heldBackRetry * (0.8 + 0.4 * this.#random());
      case 'failed':
        this.#failures += 1;
        this.#become(down());
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
            this.#become(down());
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
    const connection = new AbortController();
    const abort = () => connection.abort();
    signal.addEventListener('abort', abort);

    let isOpen = false;
    let isReady = false;
    let isSilent = false;
    let heardAt = Date.now();
    let watch: ReturnType<typeof setTimeout> | undefined;
    const patience = () => (isReady ? silence : firstByte);
    const giveUp = () => {
      isSilent = true;
      connection.abort();
    };
    const heard = () => {
      heardAt = Date.now();
      clearTimeout(watch);
      watch = setTimeout(giveUp, patience());
    };
    // The clock on the wall: timers stand still while a computer sleeps.
    this.#lookAtConnection = () => {
      if (Date.now() - heardAt > patience()) {
        giveUp();
      }
    };

    const parser = createParser({
      maxBufferSize: LONGEST_EVENT,
      onError: ({ type }) => {
        if (type === 'max-buffer-size-exceeded') {
          connection.abort();
        }
      },
      onEvent: message => {
        if (connection.signal.aborted) {
          return;
        }
        if (message.event === 'ping') {
          this.#silentEnds = 0;
        }
        const event = readStreamEvent(message);
        isReady = isReady || event?.type === 'ready';
        // Also what is not understood has been told.
        this.#lastId = message.id ?? this.#lastId;
        if (event) {
          const id = this.#lastId ?? '';
          this.#options.onEvent({ event, id });
        }
        if (isReady) {
          this.#become('connected');
        }
      },
    });

    try {
      heard();
      const response = await this.#open(connection.signal);
      if (!response.ok) {
        return this.#refusal(response);
      }
      const type = response.headers.get('content-type');
      if (!response.body || !type?.startsWith('text/event-stream')) {
        return { type: 'failed' };
      }
      isOpen = true;
      heard();
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      let chunk = await reader.read();
      while (!chunk.done && !connection.signal.aborted) {
        parser.feed(decoder.decode(chunk.value, { stream: true }));
        heard();
        chunk = await reader.read();
      }
    } catch {
      // Whatever broke it, what is known of the connection tells what to do.
    } finally {
      clearTimeout(watch);
      connection.abort();
      this.#lookAtConnection = () => {};
      signal.removeEventListener('abort', abort);
    }
    if (isReady) {
      return { type: 'ended', wasSilent: isSilent };
    }
    return { type: isOpen && isSilent ? 'heldBack' : 'failed' };
  }

  async #open(signal: AbortSignal): Promise<Response> {
    const { discoveryApi, fetchApi } = this.#options;
    const baseUrl = await discoveryApi.getBaseUrl('notifications');
    const after = this.#lastId
      ? `?${new URLSearchParams({ after: this.#lastId })}`
      : '';
    return fetchApi.fetch(
      `${baseUrl}${notificationsOperations.stream.path}${after}`,
      { headers: { Accept: 'text/event-stream' }, cache: 'no-store', signal },
    );
  }

  #refusal({ status, headers }: Response): ConnectionEnd {
    if (isRefusal(status)) {
      return { type: 'refused' };
    }
    if (status === 400 && this.#lastId !== undefined) {
      // The server does not take our cursor for one: begin anew, and say so.
      this.#lastId = undefined;
      this.#options.onEvent({ event: { type: 'reset', data: {} }, id: '' });
    }
    return {
      type: 'failed',
      retryAfter: readRetryAfter(headers.get('retry-after'), Date.now()),
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

  #become(state: StreamState) {
    if (state !== this.#state) {
      this.#state = state;
      this.#options.onState(state);
    }
  }
}
