import { createApiRef } from '@backstage/frontend-plugin-api';
import type { NotificationStreamEvent } from '@herald/backstage-plugin-notifications-common';
import type { StreamState } from '../stream/NotificationStream';

/**
 * As the states of the stream, wherever among the tabs of the browser it may be; `idle`: nobody follows it.
 *
 * @public
 */
export type LiveState = 'idle' | StreamState;

/**
 * What happens, as it happens. Two of them tell that something else has to be asked for again: `refresh`, everything; `ready`, whatever
 * was asked for before it. A `reset` is a `refresh`, since here nobody builds on the backlog.
 *
 * @public
 */
export type LiveEvent = Exclude<NotificationStreamEvent, { type: 'reset' }>;

/**
 * The live stream of the signed-in person's messages. All tabs of a browser share one; it is open while anybody listens.
 *
 * @public
 */
export interface LiveNotificationsApi {
  /** For `useSyncExternalStore`, together with `subscribe`. */
  readonly getState: () => LiveState;
  /** Calls the listener whenever something has changed. @returns ends the subscription */
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * Listens to what happens.
   *
   * @returns ends the subscription
   */
  follow(listener: (event: LiveEvent) => void): () => void;
  /** Tries again now, also where the person was refused. */
  retry(): void;

  /** Whether what one tab does for all is for this tab to do. */
  isLeader(): boolean;
  /** Whether anybody sees any tab of the portal. */
  isAnyTabVisible(): Promise<boolean>;
  /** Says something to the other tabs; it has to survive a structured clone. */
  say(topic: string, content: unknown): void;
  /** Listens to what other tabs say on a topic. @returns ends the subscription */
  hear(topic: string, listener: (content: unknown) => void): () => void;
}

/** What happens to messages of the signed-in user, while it happens. @public */
export const liveNotificationsApiRef =
  createApiRef<LiveNotificationsApi>().with({
    id: 'plugin.notifications.live',
    pluginId: 'notifications',
  });
