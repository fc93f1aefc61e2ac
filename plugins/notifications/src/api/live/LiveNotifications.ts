import { pollDelay } from '@herald/frontend';
import {
  NotificationStream,
  type NotificationStreamOptions,
  type StreamedEvent,
  type StreamState,
} from '../stream/NotificationStream';
import { CursorMemory, localCursorMemory } from './CursorMemory';
import { EventTrail } from './EventTrail';
import { LeaderWatch, type LeaderTimings } from './LeaderWatch';
import type {
  LiveEvent,
  LiveNotificationsApi,
  LiveState,
} from './liveNotificationsApi';
import { documentPageLife, type PageLife } from './PageLife';
import { joinTabs, type TabGroup, type TabGroupOptions } from './TabGroup';
import { PROTOCOL, keyOf, type Told, type Word } from './tabWords';

export type LiveTimings = LeaderTimings & {
  /** How long the stream stays open after the last listener went. */
  grace: number;
};

const TIMINGS: LiveTimings = {
  grace: 5_000,
  leaderSilence: 45_000,
  leaderAnswer: 10_000,
};

export type LiveNotificationsOptions = Pick<
  NotificationStreamOptions,
  'discoveryApi' | 'fetchApi'
> & {
  identityApi: {
    getBackstageIdentity(): Promise<{ userEntityRef: string }>;
  };
  page?: PageLife;
  join?: (options: TabGroupOptions) => TabGroup;
  memory?: CursorMemory;
  timings?: Partial<LiveTimings>;
  /** Of the stream; and what else it takes. */
  stream?: Pick<NotificationStreamOptions, 'timings' | 'random' | 'isOnline'>;
};

/**
 * The tab that leads follows the stream and tells the others. When it goes, the next one follows the stream from the last event that
 * it was told itself.
 */
export class LiveNotifications implements LiveNotificationsApi {
  readonly #options: LiveNotificationsOptions;
  readonly #page: PageLife;
  readonly #timings: LiveTimings;
  readonly #stateListeners = new Set<() => void>();
  readonly #followers = new Set<(event: LiveEvent) => void>();
  readonly #topics = new Map<string, Set<(content: unknown) => void>>();
  readonly #trail = new EventTrail();
  readonly #stream: NotificationStream;
  #state: LiveState = 'idle';
  #users = 0;
  #ending: ReturnType<typeof setTimeout> | undefined;
  #session: AbortController | undefined;
  #tabs: TabGroup | undefined;
  #memory: CursorMemory;
  #name = '';
  /** The stream is being told the past, which nobody here builds on. What its end means to those who listen. */
  #atReady: 'ready' | 'refresh' | undefined;
  readonly #leader: LeaderWatch;

  constructor(options: LiveNotificationsOptions) {
    this.#options = options;
    this.#page = options.page ?? documentPageLife;
    this.#memory = options.memory ?? localCursorMemory;
    this.#timings = { ...TIMINGS, ...options.timings };
    this.#leader = new LeaderWatch({
      timings: this.#timings,
      page: this.#page,
      isThere: () => this.#tabs !== undefined && !this.isLeader(),
      onAsk: () => this.#post({ kind: 'hello' }),
      onLost: () => {
        this.#become('polling');
        this.#tabs?.takeOver();
      },
    });
    this.#stream = new NotificationStream({
      ...options.stream,
      discoveryApi: options.discoveryApi,
      fetchApi: options.fetchApi,
      onState: state => this.#onStreamState(state),
      onEvent: event => this.#onStreamed(event),
    });
  }

  getState = () => this.#state;

  subscribe = (listener: () => void) => {
    this.#stateListeners.add(listener);
    const release = this.#use();
    return () => {
      this.#stateListeners.delete(listener);
      release();
    };
  };

  follow(listener: (event: LiveEvent) => void) {
    this.#followers.add(listener);
    const release = this.#use();
    return () => {
      this.#followers.delete(listener);
      release();
    };
  }

  retry() {
    if (this.#tabs?.isLeader) {
      this.#stream.retry();
    } else {
      this.#post({ kind: 'retry' });
    }
  }

  isLeader() {
    return this.#tabs?.isLeader ?? false;
  }

  async isAnyTabVisible() {
    return this.#tabs ? this.#tabs.isAnyVisible() : this.#page.isVisible();
  }

  say(topic: string, content: unknown) {
    this.#post({ kind: 'topic', topic, content });
  }

  hear(topic: string, listener: (content: unknown) => void) {
    const listeners = this.#topics.get(topic) ?? new Set();
    this.#topics.set(topic, listeners);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  #use() {
    clearTimeout(this.#ending);
    this.#users += 1;
    if (!this.#session) {
      this.#session = new AbortController();
      void this.#start(this.#session.signal);
    }
    let isUsed = true;
    return () => {
      this.#users -= isUsed ? 1 : 0;
      isUsed = false;
      if (this.#users === 0) {
        clearTimeout(this.#ending);
        this.#ending = setTimeout(() => this.#end(), this.#timings.grace);
      }
    };
  }

  async #start(signal: AbortSignal) {
    this.#become('connecting');
    const name = await this.#identify(signal);
    if (signal.aborted) {
      return;
    }
    this.#name = name;
    const join = this.#options.join ?? joinTabs;
    this.#tabs = join({
      name,
      page: this.#page,
      onLead: isLeader => this.#onLead(isLeader),
      onPost: word => this.#onWord(word as Word),
    });
    const subscriptions = [
      this.#page.on('visibility', () => void this.#lookAround(signal)),
      this.#page.on('resume', () => this.#leader.ask()),
      this.#page.on('online', () => {
        if (this.#state !== 'refused') {
          this.retry();
        }
      }),
    ];
    signal.addEventListener('abort', () => subscriptions.forEach(end => end()));
    this.#leader.ask();
  }

  /** Waits until anybody is signed in. */
  async #identify(signal: AbortSignal): Promise<string> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        return await this.#nameOfTabs();
      } catch {
        this.#become('polling');
        const pause = pollDelay(failures, Math.random());
        await new Promise(resolve => {
          setTimeout(resolve, pause);
        });
      }
    }
    return '';
  }

  /** Tabs that share a stream are of the same person at the same backend. */
  async #nameOfTabs(): Promise<string> {
    const { identityApi, discoveryApi } = this.#options;
    const { userEntityRef } = await identityApi.getBackstageIdentity();
    const baseUrl = await discoveryApi.getBaseUrl('notifications');
    return `${PROTOCOL} ${baseUrl} ${userEntityRef}`;
  }

  #end() {
    this.#leader.stop();
    this.#session?.abort();
    this.#session = undefined;
    const tabs = this.#tabs;
    this.#tabs = undefined;
    tabs?.leave();
    this.#stream.stop();
    this.#trail.forget();
    this.#become('idle');
  }

  async #lookAround(signal: AbortSignal) {
    if (!this.#page.isVisible()) {
      return;
    }
    if (this.isLeader()) {
      this.#stream.checkSilence();
    } else {
      this.#leader.ask();
    }
    const name = await this.#nameOfTabs().catch(() => this.#name);
    if (!signal.aborted && name !== this.#name) {
      // Somebody else has signed in meanwhile.
      this.#end();
      if (this.#users > 0) {
        this.#session = new AbortController();
        void this.#start(this.#session.signal);
      }
    }
  }

  #onLead(isLeader: boolean) {
    this.#leader.stop();
    if (!isLeader) {
      this.#stream.stop();
      this.#leader.ask();
      return;
    }
    const { position } = this.#trail;
    this.#atReady = position === undefined ? 'ready' : undefined;
    this.#stream.start(position ?? this.#memory.recall(this.#name));
  }

  #onStreamState(state: StreamState) {
    // Coming back after another led is no news.
    if (state !== 'connecting' || this.#state !== 'connected') {
      this.#become(state);
      this.#postState();
    }
  }

  #onStreamed({ event, id }: StreamedEvent) {
    if (event.type === 'reset') {
      // Nothing that was known can be built on; what follows is the past again.
      this.#atReady = 'refresh';
    } else if (event.type !== 'ready') {
      if (!this.#atReady) {
        this.#pass(event, id, false);
      }
    } else if (this.#atReady) {
      this.#pass({ type: this.#atReady, data: {} }, id, true);
      this.#atReady = undefined;
    } else {
      // Nothing was missed; but it has come so far.
      this.#pass(undefined, id, false);
    }
  }

  #pass(event: LiveEvent | undefined, id: string, isAnew: boolean) {
    const after = this.#trail.position;
    const told = { kind: 'told', event, id, after, isAnew } as const;
    this.#post(told);
    this.#tell(told);
    this.#memory.keep(this.#name, id);
  }

  #onWord(word: Word) {
    switch (word.kind) {
      case 'told':
        this.#onTold(word);
        break;
      case 'state':
        this.#onLeaderState(word);
        break;
      case 'hello':
        this.#postState();
        break;
      case 'retry':
        if (this.isLeader()) {
          this.#stream.retry();
        }
        break;
      case 'topic':
        this.#topics.get(word.topic)?.forEach(hear => hear(word.content));
        break;
      default:
        break;
    }
  }

  #onTold(told: Told) {
    this.#leader.heard();
    if (!told.isAnew && this.#trail.hasMissed(told.after)) {
      this.#followers.forEach(tell => tell({ type: 'refresh', data: {} }));
    }
    this.#tell(told);
  }

  #onLeaderState({ state, position }: Extract<Word, { kind: 'state' }>) {
    if (this.isLeader()) {
      return;
    }
    this.#leader.heard();
    const isJoining = this.#trail.position === undefined;
    if (isJoining || this.#trail.hasMissed(position)) {
      this.#trail.moveTo(position);
      if (state === 'connected') {
        // What was asked for before this tab was told of anything may be out of date.
        const type = isJoining ? 'ready' : 'refresh';
        this.#followers.forEach(tell => tell({ type, data: {} }));
      }
    }
    this.#become(state);
  }

  #tell({ event, id, isAnew }: Told) {
    if (isAnew) {
      this.#trail.forget();
    }
    if (this.#trail.add(id, keyOf(event)) && event) {
      this.#followers.forEach(tell => tell(event));
    }
  }

  #postState() {
    if (this.isLeader() && this.#state !== 'idle') {
      const { position } = this.#trail;
      this.#post({ kind: 'state', state: this.#state, position });
    }
  }

  #post(word: Word) {
    this.#tabs?.post(word);
  }

  #become(state: LiveState) {
    if (state !== this.#state) {
      this.#state = state;
      this.#stateListeners.forEach(listener => listener());
    }
  }
}
