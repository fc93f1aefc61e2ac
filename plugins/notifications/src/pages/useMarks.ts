import { useApi } from '@backstage/frontend-plugin-api';
import type { Notification } from '@herald/backstage-plugin-notifications-common';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { loadedItems, withRows, type LoadedPages } from '../api/loadedPages';
import { markedArchived, markedAs, markedSaved } from '../api/marked';
import { notificationsApiRef } from '../api/notificationsApi';
import { unreadCountApiRef } from '../api/UnreadCount';
import { withChange } from './changedRows';
import type { InboxView } from './inboxView';
import { chunksOf, inTurn } from './inTurn';
import { isLinked, LIST_KEY, LIVE_KEY, UNREAD_KEY } from './queryKeys';

/** What was done to the rows that left the view, so that it can be said, and taken back. */
export type Departure = {
  kind: 'archived' | 'unarchived' | 'unsaved';
  /** As they were before. */
  rows: readonly Notification[];
  /** Where it was done. */
  view: InboxView;
};

type Mark = (item: Notification) => Notification;
type Step = { ids: readonly string[]; send: (ids: string[]) => Promise<void> };

/**
 * Puts messages away and keeps them: at once on the page, then on the server. Those that the server refuses become again what they
 * were; every call resolves to whether all was saved.
 */
export function useMarks(view: InboxView) {
  const api = useApi(notificationsApiRef);
  const unreadCount = useApi(unreadCountApiRef);
  const queryClient = useQueryClient();
  const [failure, setFailure] = useState<unknown>();
  const [underWay, setUnderWay] = useState(0);
  const [departure, setDeparture] = useState<Departure>();

  const rowsOf = useCallback(
    (ids: readonly string[]): Notification[] => {
      const rows = queryClient
        .getQueriesData<LoadedPages>({ queryKey: LIST_KEY })
        .flatMap(([, loaded]) => loadedItems(loaded));
      return ids.flatMap(id => rows.find(row => row.id === id) ?? []);
    },
    [queryClient],
  );

  const perform = useCallback(
    async (mark: Mark, steps: readonly Step[]): Promise<boolean> => {
      const change = (changes: (loaded: LoadedPages) => LoadedPages) =>
        queryClient.setQueriesData<LoadedPages>(
          { queryKey: LIST_KEY },
          loaded => loaded && changes(loaded),
        );
      const all = new Set(steps.flatMap(({ ids }) => ids));
      const before = new Map(rowsOf([...all]).map(row => [row.id, row]));
      setFailure(undefined);
      setUnderWay(count => count + 1);
      void queryClient.cancelQueries({ queryKey: LIVE_KEY });
      change(loaded =>
        withChange(loaded, item => (all.has(item.id) ? mark(item) : item)),
      );

      const isSaved = await inTurn(queryClient, async () => {
        const requests = steps.flatMap(({ ids, send }) =>
          chunksOf(ids).map(chunk => ({ chunk, send })),
        );
        for (const [index, { chunk, send }] of requests.entries()) {
          try {
            await send(chunk);
          } catch (error) {
            const unsaved = requests.slice(index).flatMap(one => one.chunk);
            const rows = unsaved.flatMap(id => before.get(id) ?? []);
            change(loaded => takenBack(loaded, rows));
            setFailure(error);
            return false;
          }
        }
        return true;
      });
      setUnderWay(count => count - 1);
      void unreadCount.refresh();
      void queryClient.invalidateQueries({ queryKey: UNREAD_KEY });
      return isSaved;
    },
    [queryClient, rowsOf, unreadCount],
  );

  const setArchived = useCallback(
    async (ids: readonly string[], archived: boolean): Promise<boolean> => {
      const rows = rowsOf(ids);
      setDeparture({ kind: archived ? 'archived' : 'unarchived', rows, view });
      const isSaved = await perform(
        item => markedArchived(item, archived),
        [
          {
            ids,
            send: messageId => api.updateArchived({ messageId, archived }),
          },
        ],
      );
      if (!isSaved) {
        setDeparture(undefined);
      }
      return isSaved;
    },
    [api, perform, rowsOf, view],
  );

  const setSaved = useCallback(
    async (ids: readonly string[], saved: boolean): Promise<boolean> => {
      const rows = rowsOf(ids);
      setDeparture(saved ? undefined : { kind: 'unsaved', rows, view });
      const isSaved = await perform(
        item => markedSaved(item, saved),
        [{ ids, send: messageId => api.updateSaved({ messageId, saved }) }],
      );
      if (!isSaved) {
        setDeparture(undefined);
      }
      return isSaved;
    },
    [api, perform, rowsOf, view],
  );

  const undo = useCallback(
    async ({ kind, rows }: Departure): Promise<boolean> => {
      setDeparture(undefined);
      const before = new Map(rows.map(row => [row.id, row]));
      queryClient.setQueriesData<LoadedPages>(
        { queryKey: LIST_KEY, predicate: query => !isLinked(query.queryKey) },
        loaded => loaded && withRows(loaded, rows, view.sort),
      );
      const idsWhere = (fits: (row: Notification) => boolean) =>
        rows.filter(fits).map(({ id }) => id);
      const steps: Record<Departure['kind'], Step[]> = {
        archived: [
          // Unread again is out of the archive again.
          {
            ids: idsWhere(row => !row.readByUser),
            send: messageId => api.updateRead({ messageId, read: false }),
          },
          {
            ids: idsWhere(row => row.readByUser),
            send: messageId =>
              api.updateArchived({ messageId, archived: false }),
          },
        ],
        unarchived: [
          {
            ids: idsWhere(() => true),
            send: messageId =>
              api.updateArchived({ messageId, archived: true }),
          },
        ],
        unsaved: [
          {
            ids: idsWhere(() => true),
            send: messageId => api.updateSaved({ messageId, saved: true }),
          },
        ],
      };
      return perform(item => markedAs(item, before.get(item.id)), steps[kind]);
    },
    [api, perform, queryClient, view],
  );

  return {
    setArchived,
    setSaved,
    undo,
    perform,
    isMarking: underWay > 0,
    failure,
    dismissFailure: () => setFailure(undefined),
    departure: departure?.view === view ? departure : undefined,
    dismissDeparture: () => setDeparture(undefined),
  };
}

function takenBack(loaded: LoadedPages, rows: readonly Notification[]) {
  const before = new Map(rows.map(row => [row.id, row]));
  return withChange(loaded, item => markedAs(item, before.get(item.id)));
}
