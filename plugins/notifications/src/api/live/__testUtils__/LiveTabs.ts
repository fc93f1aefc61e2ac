import { StreamServer } from '../../stream/__testUtils__/StreamServer';
import type { CursorMemory } from '../CursorMemory';
import { FakeBrowser, FakeTab } from '../FakeBrowser';
import { LiveNotifications, type LiveTimings } from '../LiveNotifications';
import type { LiveEvent, LiveState } from '../liveNotificationsApi';

export const ADA = 'user:default/ada';

function inWords(event: LiveEvent): string {
  return event.type === 'message'
    ? event.data.title.replace('Message ', '')
    : event.type;
}

/** A tab with somebody who listens. */
export class Listener {
  readonly told: LiveEvent[] = [];
  readonly states: LiveState[] = [];
  readonly live: LiveNotifications;
  readonly stop: () => void;

  constructor(
    readonly tab: FakeTab,
    server: StreamServer,
    options: {
      user?: () => string;
      timings?: Partial<LiveTimings>;
      memory?: CursorMemory;
      join?: FakeTab['join'];
      changed: () => void;
    },
  ) {
    const { user = () => ADA, timings, memory, join, changed } = options;
    this.live = new LiveNotifications({
      discoveryApi: server.discoveryApi,
      fetchApi: {
        // What a tab that has crashed gets, it does not get.
        fetch: (input, init) => fetch(input, init),
      },
      identityApi: {
        getBackstageIdentity: async () => ({ userEntityRef: user() }),
      },
      page: tab.page,
      join: join ?? tab.join,
      memory: memory ?? { recall: () => undefined, keep: () => {} },
      timings: { grace: 0, ...timings },
      stream: {
        isOnline: () => true,
        timings: {
          shortestRetry: 1,
          longestRetry: 2,
          comeBack: 1,
          stable: 0,
        },
      },
    });
    const stopFollowing = this.live.follow(event => {
      if (tab.isAlive) {
        this.told.push(event);
        changed();
      }
    });
    const stopWatching = this.live.subscribe(() => {
      this.states.push(this.live.getState());
      changed();
    });
    this.stop = () => {
      stopFollowing();
      stopWatching();
    };
  }

  get words() {
    return this.told.map(inWords);
  }

  get messages() {
    return this.told.flatMap(event =>
      event.type === 'message' ? [inWords(event)] : [],
    );
  }

  /** The tab is gone, and its connections with it. */
  crash() {
    this.tab.crash();
    this.stop();
  }
}

/** The tabs of a browser, and the server that all of them listen to. */
export class LiveTabs {
  browser = new FakeBrowser();
  listeners: Listener[] = [];
  readonly #checks = new Set<() => void>();
  readonly #changed = () => [...this.#checks].forEach(check => check());

  private constructor(readonly server: StreamServer) {}

  static async begin(): Promise<LiveTabs> {
    return new LiveTabs(await StreamServer.begin());
  }

  async end(): Promise<void> {
    this.listeners.forEach(listener => listener.stop());
    await this.server.stop();
  }

  listen(
    options: Partial<ConstructorParameters<typeof Listener>[2]> & {
      isVisible?: boolean;
      locksFail?: boolean;
    } = {},
  ): Listener {
    const listener = new Listener(this.browser.open(options), this.server, {
      ...options,
      changed: this.#changed,
    });
    this.listeners.push(listener);
    return listener;
  }

  until(holds: () => boolean): Promise<void> {
    return new Promise(resolve => {
      const timer = setInterval(this.#changed, 5);
      const check = () => {
        if (holds()) {
          clearInterval(timer);
          this.#checks.delete(check);
          resolve();
        }
      };
      this.#checks.add(check);
      check();
    });
  }

  all(holds: (listener: Listener) => boolean): Promise<void> {
    return this.until(() => this.listeners.every(holds));
  }
}

export const connected = ({ live }: Listener) =>
  live.getState() === 'connected';

export const knows = (title: string) => (listener: Listener) =>
  listener.words.includes(title);
