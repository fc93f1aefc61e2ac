import { useCallback, useMemo, useState } from 'react';

const NOTHING: ReadonlySet<string> = new Set();

/**
 * Which rows are selected. A selection belongs to a view and is gone with it; rows that have gone are not in it.
 */
export function useSelection(view: object, items: readonly { id: string }[]) {
  const [selection, setSelection] = useState({ view, ids: NOTHING });
  const chosen = selection.view === view ? selection.ids : NOTHING;
  const selected = useMemo(
    () => items.map(({ id }) => id).filter(id => chosen.has(id)),
    [items, chosen],
  );
  const select = useCallback(
    (some: readonly string[], isSelected: boolean) =>
      setSelection(current => {
        const ids = new Set(current.view === view ? current.ids : NOTHING);
        for (const id of some) {
          if (isSelected) {
            ids.add(id);
          } else {
            ids.delete(id);
          }
        }
        return { view, ids };
      }),
    [view],
  );
  const selectAll = (isSelected: boolean) =>
    setSelection({
      view,
      ids: isSelected ? new Set(items.map(({ id }) => id)) : NOTHING,
    });
  return {
    selected,
    isSelected: (id: string) => chosen.has(id),
    select,
    selectAll,
  };
}
