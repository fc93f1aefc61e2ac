import { useApi } from '@backstage/frontend-plugin-api';
import { isWorthRetrying } from '@herald/frontend';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import { loadedItems, type LoadedPages } from '../api/loadedPages';
import { notificationsApiRef } from '../api/notificationsApi';
import { linkedKey } from './queryKeys';

const ID = 'id';

/** The message that the address names by `?id=`, wherever it is: put away, read, or on a page that is not loaded. */
export function useLinkedMessage() {
  const api = useApi(notificationsApiRef);
  const [params, setParams] = useSearchParams();
  const id = params.get(ID) ?? undefined;
  const query = useQuery<LoadedPages>({
    queryKey: linkedKey(id ?? ''),
    queryFn: async ({ signal }) => ({
      pages: [{ items: [await api.getNotification(id ?? '', { signal })] }],
      pageParams: [undefined],
    }),
    enabled: id !== undefined,
    staleTime: Infinity,
    gcTime: 0,
    retry: (failures, error) => failures < 2 && isWorthRetrying(error),
  });
  const open = useCallback(
    (messageId: string) =>
      setParams(
        current => {
          const next = new URLSearchParams(current);
          next.set(ID, messageId);
          return next;
        },
        { preventScrollReset: true },
      ),
    [setParams],
  );
  const close = useCallback(
    () =>
      setParams(
        current => {
          const next = new URLSearchParams(current);
          next.delete(ID);
          return next;
        },
        { preventScrollReset: true },
      ),
    [setParams],
  );
  return {
    id,
    message: loadedItems(query.data).at(0),
    /** It was there, and was withdrawn while it was looked at. */
    isGone: query.data !== undefined && loadedItems(query.data).length === 0,
    isLoading: id !== undefined && query.isPending,
    error: query.error,
    retry: () => void query.refetch(),
    open,
    close,
  };
}

export type LinkedMessage = ReturnType<typeof useLinkedMessage>;
