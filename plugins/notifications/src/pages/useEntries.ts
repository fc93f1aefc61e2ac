import type { Notification } from '@herald/backstage-plugin-notifications-common';
import { useCallback, useMemo, useRef, useState } from 'react';
import { foldBursts, type Entry } from './burst';
import type { InboxView } from './inboxView';

const NOTHING: ReadonlySet<string> = new Set();

/** The rows of the list: bursts folded where the order is that of time and nothing is searched for. */
export function useEntries(view: InboxView, items: readonly Notification[]) {
  // What was unread when it came into the view: a burst stays one while it is being read.
  const fresh = useRef({ view, ids: new Map<string, boolean>() });
  const entries = useMemo((): Entry[] => {
    if (fresh.current.view !== view) {
      fresh.current = { view, ids: new Map() };
    }
    const { ids } = fresh.current;
    for (const { id, readByUser } of items) {
      if (!ids.get(id)) {
        ids.set(id, !readByUser);
      }
    }
    return view.search.trim() === ''
      ? foldBursts(items, ({ id }) => ids.get(id) === true)
      : items.map(item => ({ kind: 'single', item }));
  }, [view, items]);

  const [expansion, setExpansion] = useState({ view, ids: NOTHING });
  const expanded = expansion.view === view ? expansion.ids : NOTHING;
  const expand = useCallback(
    (some: readonly Notification[], isExpanded: boolean) =>
      setExpansion(current => {
        const ids = new Set(current.view === view ? current.ids : NOTHING);
        for (const { id } of some) {
          if (isExpanded) {
            ids.add(id);
          } else {
            ids.delete(id);
          }
        }
        return { view, ids };
      }),
    [view],
  );
  return {
    entries,
    /** One of them is enough: what joins a burst that is open is shown. */
    isExpanded: (some: readonly Notification[]) =>
      some.some(({ id }) => expanded.has(id)),
    expand,
  };
}
