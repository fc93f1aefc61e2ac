import { useApi } from '@backstage/frontend-plugin-api';
import { isWorthRetrying, POLL_INTERVAL, pollDelay } from '@herald/frontend';
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type QueryKey,
} from '@tanstack/react-query';
import {
  notificationLimits,
  type NotificationPage,
} from '@herald/backstage-plugin-notifications-common';
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
import { useLiveState } from '../live/useLiveEvents';
import { PAGE_SIZE, toListQuery, type InboxView } from './inboxView';
import { LIVE_KEY, LIST_KEY } from './queryKeys';
import { useStreamedRows } from './useStreamedRows';

/** New messages that are known but not shown yet. `atLeast`: there may be more of them than were looked at. */
export type Waiting = { count: number; atLeast: boolean };

/**
 * The messages of a view, page by page, and what has come since. The stream tells of it. Where there is none, one page is asked for
 * again every few seconds, however many are loaded; it brings the marks that other tabs set, and what is new. That page is asked for, too,
 * where the stream cannot tell what became of the view.
 *
 * @param mayShift - whether new messages may push the rows down: asked when they arrive
 * @param isPaused - nothing is taken over: it would be older than what the user just did
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
  const streamState = useLiveState();
  const isAllWanted = useRef(false);
  const live = useQuery({
    queryKey: [...LIVE_KEY, query, cursor],
    queryFn: async ({ signal }) => {
      const isAll = isAllWanted.current;
      const pageSize = isAll ? atLeastAPage(list.data) : PAGE_SIZE;
      const page = await api.listNotifications(
        { ...query, pageSize, cursor },
        { signal },
      );
      isAllWanted.current &&= !isAll;
      return page;
    },
    enabled: loaded !== undefined && !isPaused && !list.isFetchingNextPage,
    initialData: () => loaded && pageAt(loaded, cursor),
    initialDataUpdatedAt: () => list.dataUpdatedAt,
    staleTime: streamState === 'connected' ? Infinity : POLL_INTERVAL / 2,
    gcTime: 0,
    retry: false,
    refetchInterval: ({ state }) => {
      const failed = state.status === 'error';
      const isTold = streamState === 'connected' && !failed;
      const isUseless = failed && !isWorthRetrying(state.error);
      if (isTold || isUseless || streamState === 'refused') {
        return false;
      }
      return pollDelay(failed ? 2 : 0, spread);
    },
  });

  const mayShift = useRef(options.mayShift);
  mayShift.current = options.mayShift;
  const [arrived, setArrived] = useState({ count: 0, serial: 0 });
  const announced = useRef(new Set<string>());

  const announce = useCallback((ids: readonly string[]) => {
    const fresh = ids.filter(id => !announced.current.has(id));
    if (fresh.length > 0) {
      fresh.forEach(id => announced.current.add(id));
      setArrived(({ serial }) => ({ count: fresh.length, serial: serial + 1 }));
    }
  }, []);

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
    const page = live.data;
    announce(arrivals(current, page).map(({ id }) => id));
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
    announce,
  ]);

  const streamed = useStreamedRows({
    listKey,
    query,
    order: view.sort,
    isHeld: isPaused || !loaded || list.isFetching || live.isFetching,
    mayShift: () => mayShift.current(),
    onArrival: announce,
    ask: what => {
      if (what === 'all' && view.sort === 'oldest') {
        void list.refetch();
        return;
      }
      isAllWanted.current ||= what === 'all';
      void queryClient.invalidateQueries({ queryKey: [...LIVE_KEY, query] });
    },
  });

  const answered = useMemo(
    () =>
      live.data && {
        ...live.data,
        items: live.data.items.filter(({ id }) => !streamed.gone.has(id)),
      },
    [live.data, streamed.gone],
  );
  const waiting: Waiting | undefined = useMemo(() => {
    if (!loaded || !answered) {
      return undefined;
    }
    const known = new Set(loadedItems(loaded).map(({ id }) => id));
    const ids = [...answered.items, ...streamed.waiting]
      .map(({ id }) => id)
      .filter(id => !known.has(id));
    const count = new Set(ids).size;
    const atLeast = leavesGap(loaded, answered, view.sort);
    return count > 0 ? { count, atLeast } : undefined;
  }, [loaded, answered, streamed.waiting, view.sort]);

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
    showWaiting: () => {
      if (answered) {
        admit(answered);
      }
      streamed.admit(streamed.waiting);
    },
    arrived,
    /** When the rows were last known to be right, where they may not be now. */
    staleSince:
      live.isError && loaded ? new Date(live.dataUpdatedAt) : undefined,
  };
}

export type Inbox = ReturnType<typeof useInbox>;

/** As many rows as are loaded, and one page where that is less. */
function atLeastAPage(loaded: LoadedPages | undefined): number {
  const count = Math.max(loadedItems(loaded).length, PAGE_SIZE);
  return Math.min(count, notificationLimits.pageSize);
}

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
