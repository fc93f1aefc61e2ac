import type { PageLife } from './PageLife';

/** The tabs of one person in one browser. One of them leads, as long as there is any. */
export interface TabGroup {
  readonly isLeader: boolean;
  /** Tells all tabs but this one. What is told has to survive a structured clone. */
  post(word: unknown): void;
  /** Whether anybody sees any of the tabs. */
  isAnyVisible(): Promise<boolean>;
  /** Leads from now on, whoever has led before: for when the leader gives no answer. */
  takeOver(): void;
  leave(): void;
}

export type TabGroupOptions = {
  /** The same for all tabs of the group, and for no others. */
  name: string;
  page: PageLife;
  onLead: (isLeader: boolean) => void;
  onPost: (word: unknown) => void;
};

/** What of `LockManager` is used. */
export type Locks = Pick<LockManager, 'request' | 'query'>;
/** What of `BroadcastChannel` is used. */
export type Channel = { postMessage(word: unknown): void; close(): void };
export type OpenChannel = (
  name: string,
  onPost: (word: unknown) => void,
) => Channel;

/**
 * A tab that knows of no others, where the browser has no locks or no channels: on an address that is not secure, say. It follows the
 * stream only while it is seen, since a browser opens no more than six connections to a server that speaks HTTP/1.
 */
export class SingleTab implements TabGroup {
  readonly #page: PageLife;
  readonly #stop: () => void;

  constructor({ page, onLead }: TabGroupOptions) {
    this.#page = page;
    this.#stop = page.on('visibility', () => onLead(page.isVisible()));
    void Promise.resolve().then(() => onLead(page.isVisible()));
  }

  get isLeader() {
    return this.#page.isVisible();
  }
  post() {}
  takeOver() {}
  async isAnyVisible() {
    return this.#page.isVisible();
  }
  leave() {
    this.#stop();
  }
}

const isAborted = (error: unknown) =>
  error instanceof Error && error.name === 'AbortError';

/**
 * Whoever holds the lock leads; who wants it stands in line. The browser gives it to the next when a tab is closed or crashes. A
 * tab that is about to stand still gives it back. A tab that is seen holds a second lock, together with all others that are seen.
 */
export class LockedTabs implements TabGroup {
  readonly #options: TabGroupOptions;
  readonly #locks: Locks;
  readonly #openChannel: OpenChannel;
  readonly #subscriptions: (() => void)[];
  #channel: Channel | undefined;
  #alone: SingleTab | undefined;
  #leading = new AbortController();
  #seen = new AbortController();
  #isLeader = false;

  constructor(
    options: TabGroupOptions & {
      locks: Locks;
      openChannel: OpenChannel;
    },
  ) {
    const { page } = options;
    this.#options = options;
    this.#locks = options.locks;
    this.#openChannel = options.openChannel;
    this.#join();
    this.#subscriptions = [
      page.on('visibility', () => this.#showOrHide()),
      page.on('suspend', () => this.#withdraw()),
      page.on('resume', () => {
        this.#withdraw();
        this.#join();
      }),
    ];
  }

  get isLeader() {
    return this.#alone ? this.#alone.isLeader : this.#isLeader;
  }

  post(word: unknown) {
    this.#channel?.postMessage(word);
  }

  async isAnyVisible() {
    if (this.#options.page.isVisible() || this.#alone) {
      return this.#options.page.isVisible();
    }
    const { held = [] } = await this.#locks.query();
    return held.some(({ name }) => name === this.#nameOfSeen);
  }

  takeOver() {
    if (!this.#isLeader && !this.#alone) {
      this.#leading.abort();
      this.#queue({ steal: true });
    }
  }

  leave() {
    this.#subscriptions.forEach(end => end());
    this.#withdraw();
    this.#alone?.leave();
  }

  get #nameOfSeen() {
    return `${this.#options.name}/seen`;
  }

  #join() {
    if (this.#alone) {
      return;
    }
    const { name, onPost } = this.#options;
    this.#channel = this.#openChannel(name, onPost);
    this.#queue({});
    this.#showOrHide();
  }

  #withdraw() {
    this.#leading.abort();
    this.#seen.abort();
    this.#channel?.close();
    this.#channel = undefined;
    this.#lead(false);
  }

  #queue({ steal }: { steal?: true }) {
    const leading = new AbortController();
    this.#leading = leading;
    // A request that steals takes no signal; it does not wait either.
    const how = steal ? { steal } : { signal: leading.signal };
    this.#locks
      .request(this.#options.name, how, () =>
        this.#hold(leading.signal, () => this.#lead(true)),
      )
      .catch(error => {
        if (leading.signal.aborted) {
          return;
        }
        this.#lead(false);
        if (isAborted(error)) {
          // Another tab has taken it, believing that we are dead.
          this.#queue({});
        } else {
          this.#goAlone();
        }
      });
  }

  /** Holds a lock, once it is there, until the signal is aborted. */
  async #hold(signal: AbortSignal, begin: () => void) {
    if (!signal.aborted) {
      begin();
      await new Promise(resolve => {
        signal.addEventListener('abort', resolve, { once: true });
      });
    }
  }

  #showOrHide() {
    this.#seen.abort();
    if (!this.#options.page.isVisible() || !this.#channel) {
      return;
    }
    const seen = new AbortController();
    this.#seen = seen;
    this.#locks
      .request(this.#nameOfSeen, { mode: 'shared', signal: seen.signal }, () =>
        this.#hold(seen.signal, () => {}),
      )
      // Not to know whether another tab is seen costs a notification too many.
      .catch(() => {});
  }

  #lead(isLeader: boolean) {
    if (isLeader !== this.#isLeader) {
      this.#isLeader = isLeader;
      this.#options.onLead(isLeader);
    }
  }

  /** Locks are there and may not be used, as in a frame without an origin. */
  #goAlone() {
    this.#withdraw();
    this.#alone = new SingleTab(this.#options);
  }
}

/** Joins the tabs of that name, as well as the browser can. */
export function joinTabs(options: TabGroupOptions): TabGroup {
  try {
    const { locks } = navigator;
    if (locks && typeof BroadcastChannel === 'function') {
      return new LockedTabs({
        ...options,
        locks,
        openChannel: (name, onPost) => {
          const channel = new BroadcastChannel(name);
          channel.onmessage = ({ data }) => onPost(data);
          return channel;
        },
      });
    }
  } catch {
    // A browser that is told to keep nothing throws.
  }
  return new SingleTab(options);
}
