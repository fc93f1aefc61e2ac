import { useApi } from '@backstage/frontend-plugin-api';
import type { Notification } from '@herald/backstage-plugin-notifications-common';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { loadedItems, momentOf, type LoadedPages } from '../api/loadedPages';
import { notificationsApiRef } from '../api/notificationsApi';
import { unreadCountApiRef } from '../api/UnreadCount';
import { withChange } from './changedRows';
import {
  newestOf,
  toMarkAllReadQuery,
  toUnreadFilter,
  type InboxView,
} from './inboxView';
import { inTurn } from './inTurn';
import { isLinked, LIST_KEY, LIVE_KEY, UNREAD_KEY } from './queryKeys';

/** How many messages "mark all as read" is about, and how many of these can be seen. */
export type Affected = { count: number; shown: number };

/**
 * - `counting`: how much it would mark is being asked
 * - `confirming`: more than what is shown would be marked, so a person decides
 */
export type MarkAllState =
  | { step: 'idle' }
  | { step: 'counting' }
  | { step: 'confirming'; affected: Affected }
  | { step: 'marking' }
  | { step: 'done'; view: InboxView }
  | { step: 'failed'; error: unknown };

/**
 * Marks all that fit the view as read, up to the newest message that was loaded: what comes after it stays unread, since nobody
 * has seen it. Where that is more than the rows that are shown, it asks first: it cannot be taken back.
 */
export function useMarkAllRead(
  view: InboxView,
  items: readonly Notification[],
  hasMore: boolean,
) {
  const api = useApi(notificationsApiRef);
  const unreadCount = useApi(unreadCountApiRef);
  const queryClient = useQueryClient();
  const [state, setState] = useState<MarkAllState>({ step: 'idle' });

  const newest = newestOf(items);
  const shown = items.filter(({ readByUser }) => !readByUser).length;
  // Oldest first, whatever is not loaded is newer than what is, and stays as it is.
  const mayHide = view.read === 'read' || (hasMore && view.sort === 'newest');

  const change = (mark: (item: Notification) => Notification) =>
    queryClient.setQueriesData<LoadedPages>(
      { queryKey: LIST_KEY, predicate: query => !isLinked(query.queryKey) },
      loaded => loaded && withChange(loaded, mark),
    );

  const mark = async () => {
    if (!newest) {
      return;
    }
    setState({ step: 'marking' });
    const upTo = momentOf(newest);
    const unread = new Set(
      queryClient
        .getQueriesData<LoadedPages>({ queryKey: LIST_KEY })
        .flatMap(([, loaded]) => loadedItems(loaded))
        .filter(item => !item.readByUser && momentOf(item) <= upTo)
        .map(({ id }) => id),
    );
    const setRead = (readByUser: boolean) =>
      change(item => (unread.has(item.id) ? { ...item, readByUser } : item));
    void queryClient.cancelQueries({ queryKey: LIVE_KEY });
    setRead(true);
    await inTurn(queryClient, async () => {
      try {
        await api.markAllRead(toMarkAllReadQuery(view, newest, Date.now()));
        setState({ step: 'done', view });
      } catch (error) {
        setRead(false);
        setState({ step: 'failed', error });
      }
    });
    void unreadCount.refresh();
    void queryClient.invalidateQueries({ queryKey: UNREAD_KEY });
  };

  const start = async () => {
    if (!mayHide) {
      await mark();
      return;
    }
    setState({ step: 'counting' });
    try {
      const count = await api.countNotifications(
        toUnreadFilter(view, Date.now()),
      );
      if (count > shown) {
        setState({ step: 'confirming', affected: { count, shown } });
      } else {
        await mark();
      }
    } catch (error) {
      setState({ step: 'failed', error });
    }
  };

  return {
    state,
    isMarking: state.step === 'marking',
    /** Whether there is anything to mark, as far as can be seen. */
    isUseful: newest !== undefined && (shown > 0 || mayHide),
    start,
    confirm: mark,
    cancel: () => setState({ step: 'idle' }),
  };
}

export type MarkAll = ReturnType<typeof useMarkAllRead>;
