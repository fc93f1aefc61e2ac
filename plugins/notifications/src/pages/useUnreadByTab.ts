import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Appointment, SOON, SPREAD } from '../api/Appointment';
import { notificationsApiRef } from '../api/notificationsApi';
import { ReadTrail } from '../api/ReadTrail';
import { useUnreadCount } from '../api/useUnreadCount';
import { useLiveEvents, useLiveState } from '../live/useLiveEvents';
import { UNREAD_KEY } from './queryKeys';

/** Without a stream: the sum is polled for the navigation anyway; the parts are asked for when it changes, and now and then to be sure. */
const TO_BE_SURE = 30_000;

type Scope = 'user' | 'system';

function useUnreadIn(messageScope: Scope): number | undefined {
  const api = useApi(notificationsApiRef);
  const isStreaming = useLiveState() === 'connected';
  return useQuery({
    queryKey: [...UNREAD_KEY, messageScope],
    queryFn: ({ signal }) =>
      api.countNotifications({ messageScope, read: false }, { signal }),
    refetchInterval: isStreaming ? false : TO_BE_SURE,
    retry: false,
  }).data;
}

/** The numbers of the tabs. A message that comes counts at once; a little later they are asked for. */
export function useUnreadByTab() {
  const queryClient = useQueryClient();
  const { count } = useUnreadCount();
  const isStreaming = useLiveState() === 'connected';
  const [asking] = useState(
    () =>
      new Appointment(
        () => void queryClient.invalidateQueries({ queryKey: UNREAD_KEY }),
      ),
  );
  useEffect(() => () => asking.cancel(), [asking]);

  useEffect(() => {
    if (count !== undefined && !isStreaming) {
      void queryClient.invalidateQueries({ queryKey: UNREAD_KEY });
    }
  }, [count, isStreaming, queryClient]);

  const [trail] = useState(() => new ReadTrail());
  useLiveEvents(event => {
    const added = trail.unreadBy(event);
    switch (event.type) {
      case 'message': {
        const scope: Scope = event.data.isSystem ? 'system' : 'user';
        queryClient.setQueryData<number>([...UNREAD_KEY, scope], was =>
          was === undefined ? was : was + added,
        );
        asking.make(SPREAD);
        break;
      }
      case 'correction':
      case 'withdrawal':
        asking.make(SPREAD);
        break;
      case 'saved':
        break;
      default:
        asking.make(SOON);
        break;
    }
  });
  return { personal: useUnreadIn('user'), updates: useUnreadIn('system') };
}
