import { useApi } from '@backstage/frontend-plugin-api';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { loadedItems, withMark, type LoadedPages } from '../api/loadedPages';
import { notificationsApiRef } from '../api/notificationsApi';
import { unreadCountApiRef } from '../api/UnreadCount';
import { chunksOf, inTurn } from './inTurn';
import { LIST_KEY, LIVE_KEY, UNREAD_KEY } from './queryKeys';

/**
 * Marks messages: at once on the page, then on the server. Those that the server refuses get back the mark they had, and `mark`
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
      const apply = (some: Iterable<string>, value: boolean) =>
        queryClient.setQueriesData<LoadedPages>(
          { queryKey: LIST_KEY },
          loaded => loaded && withMark(loaded, new Set(some), value),
        );
      const marked = new Set(ids);
      const changed = new Set(
        queryClient
          .getQueriesData<LoadedPages>({ queryKey: LIST_KEY })
          .flatMap(([, loaded]) => loadedItems(loaded))
          .filter(item => marked.has(item.id) && item.readByUser !== read)
          .map(({ id }) => id),
      );
      setFailure(undefined);
      setUnderWay(count => count + 1);
      void queryClient.cancelQueries({ queryKey: LIVE_KEY });
      apply(ids, read);

      const send = async (): Promise<boolean> => {
        const chunks = chunksOf(ids);
        for (const [index, messageId] of chunks.entries()) {
          try {
            await api.updateRead({ messageId, read });
          } catch (error) {
            const unsaved = chunks.slice(index).flat();
            apply(
              unsaved.filter(id => changed.has(id)),
              !read,
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
