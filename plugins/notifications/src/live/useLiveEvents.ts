import { useApiHolder } from '@backstage/frontend-plugin-api';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import {
  liveNotificationsApiRef,
  type LiveEvent,
  type LiveNotificationsApi,
  type LiveState,
} from '../api/live/liveNotificationsApi';

const nothing = () => () => {};
const polling = (): LiveState => 'polling';

/** Where a host mounts components and brings no stream, there is none. */
export function useLiveNotifications(): LiveNotificationsApi | undefined {
  return useApiHolder().get(liveNotificationsApiRef);
}

/** How the stream stands. @public */
export function useLiveState(): LiveState {
  const live = useLiveNotifications();
  return useSyncExternalStore(
    live?.subscribe ?? nothing,
    live?.getState ?? polling,
  );
}

/** Calls back with what happens, as long as the component is there. @public */
export function useLiveEvents(listener: (event: LiveEvent) => void): void {
  const live = useLiveNotifications();
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => live?.follow(event => latest.current(event)), [live]);
}
