import { createApiFactory } from '@backstage/frontend-plugin-api';
import type { NotificationsApi } from '@herald/backstage-plugin-notifications-common';
import { pollDelay } from '@herald/frontend';
import { Appointment, SOON, SPREAD } from './Appointment';
import {
  liveNotificationsApiRef,
  type LiveEvent,
  type LiveNotificationsApi,
} from './live/liveNotificationsApi';
import { documentPageLife, type PageLife } from './live/PageLife';
import { notificationsApiRef } from './notificationsApi';
import { PollingUnreadCount } from './PollingUnreadCount';
import { ReadTrail } from './ReadTrail';
import {
  unreadCountApiRef,
  type UnreadCount,
  type UnreadCountSnapshot,
} from './UnreadCount';

/** For how long a number may be missing before it is asked for without the stream. */
const PATIENCE = 1_500;
/** How long another tab may take to say what it knows. */
const ANSWER_OF_LEADER = 1_000;

const COUNT = 'unread-count';
const QUESTION = 'unread-count?';

/**
 * The number follows the stream: a message that comes counts at once, and a little later the server is asked for the exact
 * number, by one of the tabs for all, and not while nobody sees any of them. Without a stream each tab asks every few seconds.
 */
export class LiveUnreadCount implements UnreadCount {
  readonly #live: LiveNotificationsApi;
  readonly #page: PageLife;
  readonly #random: () => number;
  readonly #appointment: Appointment;
  readonly #asking: PollingUnreadCount;
  readonly #listeners = new Set<() => void>();
  readonly #trail = new ReadTrail();
  #snapshot: UnreadCountSnapshot = { state: 'unknown', count: undefined };
  #subscriptions: (() => void)[] = [];
  #stopPolling: (() => void) | undefined;
  #isOutdated = false;
  #isAsking = false;
  #failures = 0;
  #heard = 0;

  constructor(options: {
    api: Pick<NotificationsApi, 'countNotifications'>;
    live: LiveNotificationsApi;
    page?: PageLife;
    random?: () => number;
  }) {
    const { api, live, page = documentPageLife } = options;
    this.#live = live;
    this.#page = page;
    this.#random = options.random ?? Math.random;
    this.#appointment = new Appointment(
      () => void this.#reconcile(),
      options.random,
    );
    this.#asking = new PollingUnreadCount({
      api,
      random: options.random,
      visibility: {
        isHidden: () => !page.isVisible(),
        onChange: listener => void page.on('visibility', listener),
      },
    });
  }

  getSnapshot = () => this.#snapshot;

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    if (this.#subscriptions.length === 0) {
      this.#begin();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        this.#end();
      }
    };
  };

  refresh = async () => {
    if (this.#live.getState() === 'refused') {
      this.#live.retry();
    }
    await this.#ask();
  };

  #begin() {
    const live = this.#live;
    this.#subscriptions = [
      live.subscribe(() => this.#onState()),
      live.follow(event => this.#onEvent(event)),
      live.hear(COUNT, count => this.#onCount(count)),
      live.hear(QUESTION, () => this.#onQuestion()),
      this.#page.on('visibility', () => this.#onVisibility()),
    ];
    this.#onState();
    if (this.#snapshot.state === 'unknown') {
      this.#appointment.make({ soonest: PATIENCE, latest: PATIENCE });
    } else {
      // What came while nobody watched was not counted.
      this.#isOutdated = true;
      this.#appointment.make(SOON);
    }
  }

  #end() {
    this.#appointment.cancel();
    this.#stopPolling?.();
    this.#stopPolling = undefined;
    this.#subscriptions.forEach(end => end());
    this.#subscriptions = [];
  }

  #onState() {
    const state = this.#live.getState();
    if (state === 'polling' || state === 'offline') {
      this.#appointment.cancel();
      this.#stopPolling ??= this.#asking.subscribe(() => this.#take());
    } else {
      this.#stopPolling?.();
      this.#stopPolling = undefined;
    }
    if (state === 'refused') {
      this.#appointment.cancel();
      this.#publish({ state: 'refused', count: undefined });
    } else if (
      state === 'connected' &&
      this.#snapshot.state !== 'live' &&
      !this.#isAsking
    ) {
      this.#appointment.make(SOON);
    }
  }

  #onEvent(event: LiveEvent) {
    this.#heard += 1;
    this.#add(this.#trail.unreadBy(event));
    switch (event.type) {
      case 'ready':
        this.#askLeader();
        break;
      case 'message':
      case 'correction':
      case 'withdrawal':
        this.#appointment.make(SPREAD);
        break;
      case 'read':
      case 'archived':
        this.#appointment.make(SOON);
        break;
      case 'refresh':
        this.#appointment.make(event.data.everyone ? SPREAD : SOON);
        break;
      default:
        break;
    }
  }

  #add(number: number) {
    const { state, count } = this.#snapshot;
    if (count !== undefined) {
      this.#publish({ state, count: count + number });
    }
  }

  #onCount(count: unknown) {
    if (typeof count === 'number') {
      this.#isOutdated = false;
      this.#appointment.cancel();
      this.#publish({ state: 'live', count });
    }
  }

  /** Another tab would like to know. */
  #onQuestion() {
    const { state, count } = this.#snapshot;
    if (!this.#live.isLeader()) {
      return;
    }
    if (this.#isOutdated) {
      void this.#ask();
    } else if (state === 'live') {
      this.#live.say(COUNT, count);
    }
  }

  #onVisibility() {
    if (this.#page.isVisible() && this.#live.getState() === 'connected') {
      this.#askLeader();
    }
  }

  /** Whoever leads knows, or asks; where it does not answer, this tab asks itself. */
  #askLeader() {
    if (!this.#live.isLeader()) {
      this.#live.say(QUESTION, undefined);
      this.#isOutdated = true;
      this.#appointment.make({
        soonest: ANSWER_OF_LEADER,
        latest: ANSWER_OF_LEADER,
      });
    } else if (this.#isOutdated || this.#snapshot.state !== 'live') {
      void this.#ask();
    } else {
      this.#appointment.make(SOON);
    }
  }

  async #reconcile() {
    const isMine =
      this.#live.isLeader() ||
      (this.#isOutdated && this.#page.isVisible()) ||
      this.#snapshot.count === undefined;
    if (!isMine) {
      return;
    }
    if (await this.#live.isAnyTabVisible()) {
      await this.#ask();
    } else {
      this.#isOutdated = true;
    }
  }

  async #ask() {
    this.#appointment.cancel();
    const heard = this.#heard;
    this.#isAsking = true;
    await this.#asking.refresh();
    this.#isAsking = false;
    const { state, count } = this.#asking.getSnapshot();
    if (heard !== this.#heard && this.#snapshot.count !== undefined) {
      // It may know of what happened meanwhile, or not.
      this.#appointment.make(SOON);
      return;
    }
    this.#take();
    if (this.#subscriptions.length > 0 && state === 'failing') {
      this.#failures += 1;
      const pause = pollDelay(this.#failures, this.#random());
      this.#appointment.make({ soonest: pause, latest: pause });
    } else if (state === 'live') {
      this.#failures = 0;
      this.#live.say(COUNT, count);
    }
  }

  /** Takes over what was asked. */
  #take() {
    this.#isOutdated = false;
    this.#publish(this.#asking.getSnapshot());
  }

  #publish(snapshot: UnreadCountSnapshot) {
    const { state, count } = this.#snapshot;
    if (snapshot.state !== state || snapshot.count !== count) {
      this.#snapshot = snapshot;
      this.#listeners.forEach(listener => listener());
    }
  }
}

/** The number that follows the stream, and is asked for where there is none. @public */
export const unreadCountApiFactory = createApiFactory({
  api: unreadCountApiRef,
  deps: { api: notificationsApiRef, live: liveNotificationsApiRef },
  factory: ({ api, live }) => new LiveUnreadCount({ api, live }),
});
