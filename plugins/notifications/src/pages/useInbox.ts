import { useApi } from '@backstage/frontend-plugin-api';
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type QueryKey,
} from '@tanstack/react-query';
import type { NotificationPage } from '@herald/backstage-plugin-notifications-common';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  admitArrivals,
  arrivals,
  leavesGap,
  liveCursor,
  loadedItems,
  refreshLoaded,
  type LoadedPages,
} from '../api/loadedPages';
import { notificationsApiRef } from '../api/notificationsApi';
import { POLL_INTERVAL, pollDelay } from '../api/pollDelay';
import { isWorthRetrying } from '../api/refusal';
import { toListQuery, type InboxView } from './inboxView';
import { LIVE_KEY, LIST_KEY } from './queryKeys';

/** New messages that are known but not shown yet. `atLeast`: there may be more of them than were looked at. */
export type Waiting = { count: number; atLeast: boolean };

/**
 * The messages of a view, page by page, and what has come since. One page is asked for again every few seconds, however many are
 * loaded; it brings the marks that other tabs set, and what is new.
 *
 * @param mayShift - whether new messages may push the rows down: asked when they arrive
 * @param isPaused - no polls: what they answer would be older than what the user just did
 */
export function useInbox(options: {
  view: InboxView;
  mayShift: () => boolean;
  isPaused: boolean;
}) {
  const { view, isPaused } = options;
  const api = useApi(notificationsApiRef);
  const queryClient = useQueryClient();
  // A moment for each view: the pages of a list all count its age from the same one.
  const query = useMemo(() => toListQuery(view, Date.now()), [view]);
  const listKey = useMemo(() => [...LIST_KEY, query], [query]);

  const list = useInfiniteQuery<
    NotificationPage,
    Error,
    LoadedPages,
    QueryKey,
    string | undefined
  >({
    queryKey: listKey,
    queryFn: ({ pageParam, signal }) =>
      api.listNotifications({ ...query, cursor: pageParam }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: page => page.nextCursor,
    // The live page keeps it fresh; to fetch all pages again would be waste, and would move what is being read.
    staleTime: Infinity,
    // A view that is left begins anew when it is come back to.
    gcTime: 0,
    retry: (failures, error) => failures < 2 && isWorthRetrying(error),
    placeholderData: (previous, previousQuery) =>
      scopeOf(previousQuery?.queryKey) === query.messageScope
        ? keepPreviousData(previous)
        : undefined,
  });
  const loaded = list.isPlaceholderData ? undefined : list.data;

  // Drawn once: an interval that is another at each rendering begins anew with each, and may never end.
  const [spread] = useState(Math.random);
  const cursor = loaded && liveCursor(loaded, view.sort);
  const live = useQuery({
    queryKey: [...LIVE_KEY, query, cursor],
    queryFn: ({ signal }) =>
      api.listNotifications({ ...query, cursor }, { signal }),
    enabled: loaded !== undefined && !isPaused && !list.isFetchingNextPage,
    initialData: () => loaded && pageAt(loaded, cursor),
    initialDataUpdatedAt: () => list.dataUpdatedAt,
    staleTime: POLL_INTERVAL / 2,
    gcTime: 0,
    retry: false,
    refetchInterval: ({ state }) => {
      const failed = state.status === 'error';
      if (failed && !isWorthRetrying(state.error)) {
        return false;
      }
      return pollDelay(failed ? 2 : 0, spread);
    },
  });

  const mayShift = useRef(options.mayShift);
  mayShift.current = options.mayShift;
  const [arrived, setArrived] = useState({ count: 0, serial: 0 });
  const announced = useRef(new Set<string>());

  const admit = useCallback(
    (page: NotificationPage) =>
      queryClient.setQueryData<LoadedPages>(
        listKey,
        current => current && admitArrivals(current, page, view.sort),
      ),
    [queryClient, listKey, view.sort],
  );

  useEffect(() => {
    const current = queryClient.getQueryData<LoadedPages>(listKey);
    if (!live.data || !current) {
      return;
    }
    const fresh = arrivals(current, live.data).filter(
      ({ id }) => !announced.current.has(id),
    );
    if (fresh.length > 0) {
      fresh.forEach(({ id }) => announced.current.add(id));
      setArrived(({ serial }) => ({
        count: fresh.length,
        serial: serial + 1,
      }));
    }
    const page = live.data;
    queryClient.setQueryData<LoadedPages>(
      listKey,
      was =>
        was && refreshLoaded(was, page, { order: view.sort, read: view.read }),
    );
    if (view.sort === 'oldest' || mayShift.current()) {
      admit(page);
    }
    // `dataUpdatedAt`: an answer that says the same as the last one is an answer, too.
  }, [
    live.data,
    live.dataUpdatedAt,
    queryClient,
    listKey,
    view.sort,
    view.read,
    admit,
  ]);

  const waiting: Waiting | undefined = useMemo(() => {
    if (!loaded || !live.data) {
      return undefined;
    }
    const count = arrivals(loaded, live.data).length;
    const atLeast = leavesGap(loaded, live.data, view.sort);
    return count > 0 ? { count, atLeast } : undefined;
  }, [loaded, live.data, view.sort]);

  return {
    items: useMemo(() => loadedItems(list.data), [list.data]),
    error: isWorthRetrying(live.error) ? list.error : live.error ?? list.error,
    isLoading: list.isPending,
    /** Another view is being fetched, while the last one is still shown. */
    isChanging: list.isPlaceholderData,
    retry: () => {
      void list.refetch();
      void live.refetch();
    },
    hasMore: list.hasNextPage,
    isLoadingMore: list.isFetchingNextPage,
    loadMoreFailed: list.isFetchNextPageError,
    loadMore: () => void list.fetchNextPage(),
    waiting,
    showWaiting: () => live.data && admit(live.data),
    arrived,
    /** When the rows were last known to be right, where they may not be now. */
    staleSince:
      live.isError && loaded ? new Date(live.dataUpdatedAt) : undefined,
  };
}

export type Inbox = ReturnType<typeof useInbox>;

function scopeOf(key: QueryKey | undefined): unknown {
  const query = key?.at(-1);
  return typeof query === 'object' && query && 'messageScope' in query
    ? query.messageScope
    : undefined;
}

function pageAt(
  { pages, pageParams }: LoadedPages,
  cursor: string | undefined,
): NotificationPage | undefined {
  return pages[pageParams.indexOf(cursor)];
}
