import { durationToMilliseconds } from '@backstage/types';
import { SourceUnavailable } from '../source/errors';
import { NotionFailure, notionFailure } from './notionFailure';
import { CallStart, Pace } from './Pace';

/** A clock that only ever goes forward, and its alarms. */
export type QueueClock = {
  now(): number;
  /** Returns what takes the alarm back. */
  after(ms: number, wake: () => void): () => void;
};

export const realClock: QueueClock = {
  now: () => performance.now(),
  after: (ms, wake) => {
    const timer = setTimeout(wake, ms);
    return () => clearTimeout(timer);
  },
};

export type CallQueueOptions = {
  clock?: QueueClock;
  /** How many calls are under way at once. */
  concurrency?: number;
  /** How long a call is tried again before the source counts as unavailable. */
  patienceMs?: number;
  /** In [0, 1). */
  random?: () => number;
};

export type QueuedCall<T> = {
  call: () => Promise<T>;
  signal: AbortSignal;
  /** Somebody looks on: it goes by turns with all that is made in the background. */
  isWaitedFor?: boolean;
  /** Told of each attempt. */
  onStart?: () => void;
};

type Waiting = {
  isRetry: boolean;
  isWaitedFor: boolean;
  admit: (start: CallStart) => void;
};

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;

/** Makes all calls of one integration: no more at once than is good, none while Notion asks to wait, and failed ones again. */
export class CallQueue {
  readonly #pace = new Pace();
  readonly #clock: QueueClock;
  readonly #concurrency: number;
  readonly #patienceMs: number;
  readonly #random: () => number;
  readonly #waiting: Waiting[] = [];
  #underWay = 0;
  #wasWaitedFor = false;
  #lastSuccessAt = -Infinity;
  #takeAlarmBack: (() => void) | undefined;

  constructor(options: CallQueueOptions = {}) {
    this.#clock = options.clock ?? realClock;
    this.#concurrency = options.concurrency ?? 16;
    this.#patienceMs =
      options.patienceMs ?? durationToMilliseconds({ minutes: 5 });
    this.#random = options.random ?? Math.random;
  }

  /** @throws SourceUnavailable; what the call fails with where it makes no sense to try again; the reason of the signal */
  async run<T>({
    call,
    signal,
    isWaitedFor = false,
    onStart,
  }: QueuedCall<T>): Promise<T> {
    let failingSince: number | undefined;
    for (let attempt = 1; ; attempt++) {
      this.#demandShortPause();
      const start = await this.#admission(
        { isRetry: attempt > 1, isWaitedFor },
        signal,
      );
      onStart?.();
      const outcome = await outcomeOf(call);
      const now = this.#clock.now();
      const backoffMs = this.#backoff(attempt);
      this.#tellPace(start, now, backoffMs, outcome.failure);
      this.#underWay -= 1;
      this.#admitWaiting();
      if (!outcome.failure) {
        this.#lastSuccessAt = now;
        return outcome.answer;
      }
      signal.throwIfAborted();

      const { kind, message } = outcome.failure;
      switch (kind) {
        case 'refused':
        case 'overloaded':
          // As long as others get through, it is only not our turn yet.
          failingSince = Math.max(failingSince ?? now, this.#lastSuccessAt);
          break;
        case 'passing':
          failingSince ??= now;
          break;
        case 'denied':
          throw new SourceUnavailable(
            `Notion refuses the token (${message}). Check manualPublish.notion.token, and that the integration may read content.`,
          );
        default:
          throw outcome.error;
      }
      const againMs = outcome.failure.retryAfterMs ?? backoffMs;
      if (now + againMs - failingSince > this.#patienceMs) {
        throw new SourceUnavailable(
          `Notion goes on failing, the last answer was: ${message}`,
        );
      }
      if (kind === 'passing') await this.#sleep(againMs, signal);
    }
  }

  /** Who comes while Notion wants no calls for long is told so, and does not wait. */
  #demandShortPause(): void {
    const pauseMs = this.#pace.pauseMs(this.#clock.now());
    if (pauseMs > this.#patienceMs) {
      throw new SourceUnavailable(
        `Notion has asked for a pause, which lasts another ${Math.ceil(
          pauseMs / 1000,
        )} seconds`,
      );
    }
  }

  #tellPace(
    start: CallStart,
    now: number,
    backoffMs: number,
    failure: NotionFailure | undefined,
  ): void {
    const waitMs = failure?.retryAfterMs ?? backoffMs;
    if (failure?.kind === 'refused') this.#pace.refused(start, now, waitMs);
    else if (failure?.kind === 'overloaded') {
      this.#pace.pause(start, now, waitMs);
    } else this.#pace.letThrough(start);
  }

  /** Half of it is chance, so that calls which failed together do not come back together. */
  #backoff(attempt: number): number {
    const longest = Math.min(
      FIRST_BACKOFF_MS * 2 ** (attempt - 1),
      LONGEST_BACKOFF_MS,
    );
    return longest * (0.5 + this.#random() / 2);
  }

  #admission(
    kind: Pick<Waiting, 'isRetry' | 'isWaitedFor'>,
    signal: AbortSignal,
  ): Promise<CallStart> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const admitted = new AbortController();
      const waiting: Waiting = {
        ...kind,
        admit: start => {
          admitted.abort();
          resolve(start);
        },
      };
      signal.addEventListener(
        'abort',
        () => {
          this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
          reject(signal.reason);
        },
        { once: true, signal: admitted.signal },
      );
      if (kind.isRetry) {
        // What was refused goes before what has not been tried.
        const place = this.#waiting.findIndex(each => !each.isRetry);
        this.#waiting.splice(
          place < 0 ? this.#waiting.length : place,
          0,
          waiting,
        );
      } else {
        this.#waiting.push(waiting);
      }
      this.#admitWaiting();
    });
  }

  #admitWaiting(): void {
    this.#takeAlarmBack?.();
    this.#takeAlarmBack = undefined;
    while (this.#underWay < this.#concurrency) {
      const next = this.#next();
      if (!next) return;
      const now = this.#clock.now();
      const waitMs = this.#pace.waitMs(now);
      if (waitMs > 0) {
        if (waitMs < Infinity) {
          this.#takeAlarmBack = this.#clock.after(Math.ceil(waitMs), () =>
            this.#admitWaiting(),
          );
        }
        return;
      }
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      this.#wasWaitedFor = next.isWaitedFor;
      this.#underWay += 1;
      next.admit(this.#pace.start(now));
    }
  }

  /** By turns: a page that is looked at does not wait for an export of hundreds of calls, nor holds it up for good. */
  #next(): Waiting | undefined {
    return (
      this.#waiting.find(
        ({ isWaitedFor }) => isWaitedFor !== this.#wasWaitedFor,
      ) ?? this.#waiting[0]
    );
  }

  #sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const over = new AbortController();
      const takeBack = this.#clock.after(ms, () => {
        over.abort();
        resolve();
      });
      signal.addEventListener(
        'abort',
        () => {
          takeBack();
          reject(signal.reason);
        },
        { once: true, signal: over.signal },
      );
    });
  }
}

type Outcome<T> =
  | { failure: undefined; answer: T }
  | { failure: NotionFailure; error: unknown };

async function outcomeOf<T>(call: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { failure: undefined, answer: await call() };
  } catch (error) {
    return { failure: notionFailure(error), error };
  }
}
