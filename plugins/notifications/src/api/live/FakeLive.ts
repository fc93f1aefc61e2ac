import type {
  LiveEvent,
  LiveNotificationsApi,
  LiveState,
} from './liveNotificationsApi';

/** A stream for tests, told what to tell. */
export class FakeLive implements LiveNotificationsApi {
  readonly #listeners = new Set<() => void>();
  readonly #followers = new Set<(event: LiveEvent) => void>();
  readonly #topics = new Map<string, Set<(content: unknown) => void>>();
  /** The other tabs. */
  readonly others: FakeLive[] = [];
  #state: LiveState;
  isLeading = true;
  isSeen = true;
  retries = 0;

  constructor(state: LiveState = 'connected') {
    this.#state = state;
  }

  /** A leader and another tab of the same browser. */
  static pair(state?: LiveState): [FakeLive, FakeLive] {
    const [leader, other] = [new FakeLive(state), new FakeLive(state)];
    leader.others.push(other);
    other.others.push(leader);
    other.isLeading = false;
    return [leader, other];
  }

  get isFollowed() {
    return this.#followers.size > 0 || this.#listeners.size > 0;
  }

  tell(event: LiveEvent) {
    [...this.#followers].forEach(tell => tell(event));
  }

  become(state: LiveState) {
    this.#state = state;
    [...this.#listeners].forEach(listener => listener());
  }

  getState = () => this.#state;
  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  follow(listener: (event: LiveEvent) => void) {
    this.#followers.add(listener);
    return () => void this.#followers.delete(listener);
  }
  retry() {
    this.retries += 1;
  }
  isLeader() {
    return this.isLeading;
  }
  async isAnyTabVisible() {
    return this.isSeen;
  }
  say(topic: string, content: unknown) {
    this.others.forEach(other =>
      other.#topics.get(topic)?.forEach(hear => hear(content)),
    );
  }
  hear(topic: string, listener: (content: unknown) => void) {
    const listeners = this.#topics.get(topic) ?? new Set();
    this.#topics.set(topic, listeners.add(listener));
    return () => void listeners.delete(listener);
  }
}
