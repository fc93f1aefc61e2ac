import { useApi } from '@backstage/frontend-plugin-api';
import { useSyncExternalStore } from 'react';
import { unreadCountApiRef, type UnreadCountSnapshot } from './UnreadCount';

/** The number of unread messages, live. @public */
export function useUnreadCount(): UnreadCountSnapshot {
  const unreadCount = useApi(unreadCountApiRef);
  return useSyncExternalStore(unreadCount.subscribe, unreadCount.getSnapshot);
}
