import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { notificationsApiRef } from '../api/notificationsApi';
import { useUnreadCount } from '../api/useUnreadCount';
import { UNREAD_KEY } from './queryKeys';

/** The sum is polled for the navigation anyway; the parts are asked for when it changes, and now and then to be sure. */
const TO_BE_SURE = 30_000;

function useUnreadIn(messageScope: 'user' | 'system'): number | undefined {
  const api = useApi(notificationsApiRef);
  return useQuery({
    queryKey: [...UNREAD_KEY, messageScope],
    queryFn: ({ signal }) =>
      api.countNotifications({ messageScope, read: false }, { signal }),
    refetchInterval: TO_BE_SURE,
    retry: false,
  }).data;
}

export function useUnreadByTab() {
  const queryClient = useQueryClient();
  const { count } = useUnreadCount();
  useEffect(() => {
    if (count !== undefined) {
      void queryClient.invalidateQueries({ queryKey: UNREAD_KEY });
    }
  }, [count, queryClient]);
  return { personal: useUnreadIn('user'), updates: useUnreadIn('system') };
}
