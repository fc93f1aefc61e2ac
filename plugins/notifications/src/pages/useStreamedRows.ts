import type {
  ListNotificationsQuery,
  Notification,
} from '@herald/backstage-plugin-notifications-common';
import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Appointment, SOON, SPREAD } from '../api/Appointment';
import type { LiveEvent } from '../api/live/liveNotificationsApi';
import type { LoadedPages, MergeRule } from '../api/loadedPages';
import {
  admitStreamed,
  fitsQuery,
  isLoaded,
  mayBringBack,
  mayBringIn,
  pagesAfter,
  rowsAfter,
  takesArrivals,
} from '../api/streamedRows';
import { useLiveEvents } from '../live/useLiveEvents';
import { LIST_KEY } from './queryKeys';

const NONE: readonly Notification[] = [];

/**
 * Takes over what the stream tells, into every row that is loaded: marks, corrections, withdrawals, and what is sent again, each in its
 * place. A message that comes and fits the view is put where the list grows, if rows may shift; else it waits.
 *
 * @param isHeld - nothing is taken over for now: an answer or a mark is under way that it must not be mixed with
 * @param ask - asks for the live page; `all`: for all rows that are loaded
 */
export function useStreamedRows(options: {
  listKey: QueryKey;
  query: ListNotificationsQuery;
  order: MergeRule['order'];
  isHeld: boolean;
  mayShift: () => boolean;
  onArrival: (ids: readonly string[]) => void;
  ask: (what: 'live' | 'all') => void;
}) {
  const { listKey, isHeld } = options;
  const queryClient = useQueryClient();
  const latest = useRef(options);
  latest.current = options;
  const [waitingFor, setWaitingFor] = useState({ listKey, items: NONE });
  const waiting = waitingFor.listKey === listKey ? waitingFor.items : NONE;
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());

  const isAllWanted = useRef(false);
  const [asking] = useState(
    () =>
      new Appointment(() => {
        latest.current.ask(isAllWanted.current ? 'all' : 'live');
        isAllWanted.current = false;
      }),
  );
  useEffect(() => () => asking.cancel(), [asking]);

  const admit = useCallback(
    (items: readonly Notification[]) => {
      const { listKey: key, order } = latest.current;
      queryClient.setQueryData<LoadedPages>(
        key,
        loaded => loaded && admitStreamed(loaded, items, order),
      );
      setWaitingFor({ listKey: key, items: NONE });
    },
    [queryClient],
  );

  const arrive = (message: Notification) => {
    const { listKey: key, query, order, mayShift, onArrival } = latest.current;
    const loaded = queryClient.getQueryData<LoadedPages>(key);
    const fits = fitsQuery(message, query);
    if (!loaded || fits === undefined) {
      asking.make(SOON);
      return;
    }
    const isKnown = isLoaded(loaded, message.id);
    if (!fits || !takesArrivals(loaded, order)) {
      return;
    }
    if (!isKnown) {
      onArrival([message.id]);
    }
    if (order === 'newest' ? mayShift() : !isKnown) {
      admit([...waiting.filter(({ id }) => id !== message.id), message]);
    } else if (!isKnown) {
      setWaitingFor(current => ({
        listKey: key,
        items: [
          ...(current.listKey === key ? current.items : NONE).filter(
            ({ id }) => id !== message.id,
          ),
          message,
        ],
      }));
    }
  };

  const take = (event: LiveEvent) => {
    if (event.type === 'ready' || event.type === 'refresh') {
      isAllWanted.current ||= event.type === 'refresh';
      const isForAll = event.type === 'refresh' && event.data.everyone;
      asking.make(isForAll ? SPREAD : SOON);
      return;
    }
    const { listKey: key, query } = latest.current;
    const shown = queryClient.getQueryData<LoadedPages>(key);
    if (shown && mayBringIn(event, query, shown)) {
      isAllWanted.current = true;
      asking.make(SOON);
    } else if (shown && mayBringBack(event, query, shown)) {
      isAllWanted.current = true;
      asking.make(SPREAD);
    }
    queryClient.setQueriesData<LoadedPages>(
      { queryKey: LIST_KEY },
      loaded => loaded && pagesAfter(loaded, event),
    );
    setWaitingFor(current => ({
      ...current,
      items: rowsAfter(current.items, event).filter(
        item => fitsQuery(item, query) === true,
      ),
    }));
    if (event.type === 'withdrawal') {
      setGone(current => new Set([...current, ...event.data.messageIds]));
    } else if ('id' in event.data) {
      const { id } = event.data;
      setGone(current => new Set([...current].filter(other => other !== id)));
    }
    if (event.type === 'message') {
      arrive(event.data);
    }
  };

  const held = useRef<LiveEvent[]>([]);
  const takeHeld = useRef(() => {});
  takeHeld.current = () => held.current.splice(0).forEach(take);
  useEffect(() => {
    if (!isHeld) {
      takeHeld.current();
    }
  }, [isHeld]);
  useLiveEvents(event => {
    held.current.push(event);
    if (!latest.current.isHeld) {
      takeHeld.current();
    }
  });

  return {
    /** What has come and is not shown yet. */
    waiting,
    /** What was withdrawn: whoever asked before it was does not know. */
    gone,
    admit,
  };
}
