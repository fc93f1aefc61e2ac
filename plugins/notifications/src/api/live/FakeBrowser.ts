import type { PageEvent, PageLife } from './PageLife';
import {
  LockedTabs,
  type Locks,
  type TabGroup,
  type TabGroupOptions,
} from './TabGroup';

const aborted = () =>
  Object.assign(new Error('aborted'), { name: 'AbortError' });

/** One tab: what it posts reaches the others in a task of its own, as a clone. */
export class FakeTab {
  readonly #browser: Surroundings;
  readonly #listeners = new Map<PageEvent, Set<() => void>>();
  readonly #channels = new Map<string, Set<(word: unknown) => void>>();
  readonly #locksFail: boolean;
  #isVisible: boolean;
  isAlive = true;
  isFrozen = false;

  constructor(
    browser: Surroundings,
    options: { isVisible?: boolean; locksFail?: boolean },
  ) {
    this.#browser = browser;
    this.#isVisible = options.isVisible ?? true;
    this.#locksFail = options.locksFail ?? false;
  }

  readonly page: PageLife = {
    isVisible: () => this.#isVisible,
    on: (event, listener) => {
      const listeners = this.#listeners.get(event) ?? new Set();
      this.#listeners.set(event, listeners.add(listener));
      return () => void listeners.delete(listener);
    },
  };

  readonly join = (options: TabGroupOptions): TabGroup =>
    new LockedTabs({
      ...options,
      locks: this.#locksFail
        ? ({
            request: async () => {
              throw new Error('not allowed');
            },
            query: async () => ({}),
          } as unknown as Locks)
        : this.#browser.locksOf(this),
      openChannel: (name, onPost) => {
        const receive = (word: unknown) => {
          if (this.isAlive && !this.isFrozen) {
            onPost(word);
          }
        };
        const receivers = this.#channels.get(name) ?? new Set();
        this.#channels.set(name, receivers.add(receive));
        return {
          postMessage: word => this.#post(name, word),
          close: () => void receivers.delete(receive),
        };
      },
    });

  happen(event: PageEvent) {
    this.#listeners.get(event)?.forEach(listener => listener());
  }

  show(isVisible: boolean) {
    this.#isVisible = isVisible;
    this.happen('visibility');
  }

  /** Gone at once, without a word. */
  crash() {
    this.isAlive = false;
    this.#browser.release(({ tab }) => tab === this);
  }

  #post(name: string, word: unknown) {
    if (!this.isAlive || this.isFrozen) {
      return;
    }
    for (const tab of this.#browser.tabs) {
      const receivers = tab.#channels.get(name);
      for (const receive of tab === this ? [] : receivers ?? []) {
        const clone = structuredClone(word);
        setTimeout(() => receivers?.has(receive) && receive(clone));
      }
    }
  }
}

/** What a tab knows of its browser. */
type Surroundings = {
  readonly tabs: readonly FakeTab[];
  locksOf(tab: FakeTab): Locks;
  release(isGone: (lock: { tab: FakeTab }) => boolean): void;
};

type Request = {
  tab: FakeTab;
  name: string;
  mode: LockMode;
  run: () => void;
  lose: (error: Error) => void;
};

/** A browser with locks and channels for tests: a tab may crash, freeze, or be looked at. */
export class FakeBrowser {
  readonly tabs: FakeTab[] = [];
  #held: Request[] = [];
  #waiting: Request[] = [];

  open(options: { isVisible?: boolean; locksFail?: boolean } = {}): FakeTab {
    const tab = new FakeTab(this, options);
    this.tabs.push(tab);
    return tab;
  }

  locksOf(tab: FakeTab): Locks {
    const request = (
      name: string,
      options: LockOptions,
      grant: (lock: Lock | null) => Promise<unknown>,
    ) =>
      new Promise((resolve, reject) => {
        const { mode = 'exclusive', steal, signal } = options;
        const lock: Request = {
          ...{ tab, name, mode, lose: reject },
          run: () =>
            void Promise.resolve(grant({ name, mode })).then(value => {
              this.release(other => other === lock);
              resolve(value);
            }, reject),
        };
        signal?.addEventListener('abort', () => {
          if (this.#waiting.includes(lock)) {
            this.#waiting = this.#waiting.filter(other => other !== lock);
            reject(aborted());
          }
        });
        if (steal) {
          const lost = this.#held.filter(other => other.name === name);
          this.#held = this.#held.filter(other => other.name !== name);
          lost.forEach(({ lose }) => lose(aborted()));
          this.#waiting.unshift(lock);
        } else {
          this.#waiting.push(lock);
        }
        setTimeout(() => this.#grant());
      });
    const query = async () => ({
      held: this.#held.map(({ name, mode }) => ({ name, mode })),
      pending: [],
    });
    return { request, query } as unknown as Locks;
  }

  release(isGone: (lock: Request) => boolean) {
    this.#held = this.#held.filter(lock => !isGone(lock));
    this.#waiting = this.#waiting.filter(lock => !isGone(lock));
    setTimeout(() => this.#grant());
  }

  #grant() {
    for (const lock of [...this.#waiting]) {
      const isFree = this.#held.every(
        ({ name, mode }) =>
          name !== lock.name || (mode === 'shared' && lock.mode === 'shared'),
      );
      if (isFree) {
        this.#waiting = this.#waiting.filter(other => other !== lock);
        this.#held.push(lock);
        lock.run();
      }
    }
  }
}
