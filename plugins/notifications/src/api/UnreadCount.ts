import { createApiRef } from '@backstage/frontend-plugin-api';

/**
 * - `unknown`: not asked yet
 * - `live`: the count is a few seconds old at the most
 * - `failing`: the count is the last one known; asking goes on
 * - `refused`: nobody is signed in, or they may not list; asking has stopped
 *
 * @public
 */
export type UnreadCountState = 'unknown' | 'live' | 'failing' | 'refused';

/** The number of unread messages as far as known, and how far that is; `undefined` before the first answer. @public */
export type UnreadCountSnapshot = {
  readonly state: UnreadCountState;
  readonly count: number | undefined;
};

/**
 * The signed-in user's number of unread messages, kept up to date while anybody watches. It lives in an API because
 * whoever shows it, such as a navigation bar, may be mounted anew at every render.
 *
 * @public
 */
export interface UnreadCount {
  /** The same object until something changes, as `useSyncExternalStore` wants it. */
  readonly getSnapshot: () => UnreadCountSnapshot;
  /** Calls the listener whenever something has changed. @returns ends the subscription */
  readonly subscribe: (listener: () => void) => () => void;
  /** Asks now, also where asking had stopped. Never rejects: the snapshot tells. */
  readonly refresh: () => Promise<void>;
}

/** The signed-in user's number of unread messages. @public */
export const unreadCountApiRef = createApiRef<UnreadCount>().with({
  id: 'plugin.notifications.unread-count',
  pluginId: 'notifications',
});
