import type { NotificationsApi } from '@herald/backstage-plugin-notifications-common';
import { pollDelay, refusalOf } from '@herald/frontend';
import type { UnreadCount, UnreadCountSnapshot } from './UnreadCount';

/** Whether anybody can see the page. */
export interface PageVisibility {
  isHidden(): boolean;
  onChange(listener: () => void): void;
}

const documentVisibility: PageVisibility = {
  isHidden: () => document.hidden,
  onChange: listener => document.addEventListener('visibilitychange', listener),
};

/**
 * Asks every few seconds, while somebody watches and the tab is visible; asks less often while it fails; not at all once it
 * was refused, until `refresh`.
 */
export class PollingUnreadCount implements UnreadCount {
  readonly #api: Pick<NotificationsApi, 'countNotifications'>;
  readonly #visibility: PageVisibility;
  readonly #random: () => number;
  readonly #listeners = new Set<() => void>();
  #snapshot: UnreadCountSnapshot = { state: 'unknown', count: undefined };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #dueAt = 0;
  #asked = 0;

  constructor(options: {
    api: Pick<NotificationsApi, 'countNotifications'>;
    visibility?: PageVisibility;
    random?: () => number;
  }) {
    this.#api = options.api;
    this.#visibility = options.visibility ?? documentVisibility;
    this.#random = options.random ?? Math.random;
    this.#visibility.onChange(() => this.#schedule());
  }

  getSnapshot = () => this.#snapshot;

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    this.#schedule();
    return () => {
      this.#listeners.delete(listener);
      this.#schedule();
    };
  };

  refresh = async () => {
    this.#cancelTimer();
    // A watcher that comes while the answer is under way must not ask a second time.
    this.#dueAt = Date.now() + pollDelay(this.#failures, this.#random());
    // Of two questions under way the later one knows more; the answer to the earlier one is dropped.
    this.#asked += 1;
    const question = this.#asked;
    const snapshot = await this.#ask();
    if (question !== this.#asked) {
      return;
    }
    this.#failures = snapshot.state === 'failing' ? this.#failures + 1 : 0;
    this.#dueAt = Date.now() + pollDelay(this.#failures, this.#random());
    this.#publish(snapshot);
    this.#cancelTimer();
    this.#schedule();
  };

  #cancelTimer() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #ask(): Promise<UnreadCountSnapshot> {
    try {
      const count = await this.#api.countNotifications({
        messageScope: 'all',
        read: false,
      });
      return { state: 'live', count };
    } catch (error) {
      const refusal = refusalOf(error);
      return refusal === 'signed-out' || refusal === 'denied'
        ? { state: 'refused', count: undefined }
        : { state: 'failing', count: this.#snapshot.count };
    }
  }

  /** A watcher that comes right after another went does not bring a poll forward: what is due stays due. */
  #schedule() {
    const wanted =
      this.#listeners.size > 0 &&
      !this.#visibility.isHidden() &&
      this.#snapshot.state !== 'refused';
    if (!wanted) {
      this.#cancelTimer();
    } else if (this.#timer === undefined) {
      const pause = Math.max(0, this.#dueAt - Date.now());
      this.#timer = setTimeout(() => void this.refresh(), pause);
    }
  }

  #publish(snapshot: UnreadCountSnapshot) {
    const { state, count } = this.#snapshot;
    if (snapshot.state !== state || snapshot.count !== count) {
      this.#snapshot = snapshot;
      this.#listeners.forEach(listener => listener());
    }
  }
}
