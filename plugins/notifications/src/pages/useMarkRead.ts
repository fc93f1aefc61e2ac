import { useApi } from '@backstage/frontend-plugin-api';
import type { Notification } from '@herald/backstage-plugin-notifications-common';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { loadedItems, type LoadedPages } from '../api/loadedPages';
import { markedAs, markedRead } from '../api/marked';
import { notificationsApiRef } from '../api/notificationsApi';
import { unreadCountApiRef } from '../api/UnreadCount';
import { withChange } from './changedRows';
import { chunksOf, inTurn } from './inTurn';
import { LIST_KEY, LIVE_KEY, UNREAD_KEY } from './queryKeys';

/**
 * Marks messages: at once on the page, then on the server. Those that the server refuses become again what they were, and `mark`
 * resolves to false.
 */
export function useMarkRead() {
  const api = useApi(notificationsApiRef);
  const unreadCount = useApi(unreadCountApiRef);
  const queryClient = useQueryClient();
  const [failure, setFailure] = useState<unknown>();
  const [underWay, setUnderWay] = useState(0);

  const mark = useCallback(
    async (ids: readonly string[], read: boolean) => {
      const change = (how: (item: Notification) => Notification) =>
        queryClient.setQueriesData<LoadedPages>(
          { queryKey: LIST_KEY },
          loaded => loaded && withChange(loaded, how),
        );
      const marked = new Set(ids);
      const before = new Map(
        queryClient
          .getQueriesData<LoadedPages>({ queryKey: LIST_KEY })
          .flatMap(([, loaded]) => loadedItems(loaded))
          .filter(({ id }) => marked.has(id))
          .map(item => [item.id, item]),
      );
      setFailure(undefined);
      setUnderWay(count => count + 1);
      void queryClient.cancelQueries({ queryKey: LIVE_KEY });
      change(item => (marked.has(item.id) ? markedRead(item, read) : item));

      const send = async (): Promise<boolean> => {
        const chunks = chunksOf(ids);
        for (const [index, messageId] of chunks.entries()) {
          try {
            await api.updateRead({ messageId, read });
          } catch (error) {
            const unsaved = new Set(chunks.slice(index).flat());
            change(item =>
              unsaved.has(item.id) ? markedAs(item, before.get(item.id)) : item,
            );
            setFailure(error);
            return false;
          }
        }
        return true;
      };
      const isSaved = await inTurn(queryClient, send);
      setUnderWay(count => count - 1);
      void unreadCount.refresh();
      void queryClient.invalidateQueries({ queryKey: UNREAD_KEY });
      return isSaved;
    },
    [api, queryClient, unreadCount],
  );

  return {
    mark,
    isMarking: underWay > 0,
    failure,
    dismissFailure: () => setFailure(undefined),
  };
}
