import { useLayoutEffect, useRef, type RefObject } from 'react';

type Held = { row: string; place: number; action: string | undefined };

const ROWS = '[data-row]';

/**
 * Keeps the focus in the list when the row that has it leaves: it goes to the same button of the row that takes its place, or of
 * the one before where it was the last. Where no row is left, `fallback` gets it.
 */
export function useFocusKeeper(
  list: RefObject<HTMLElement | null>,
  fallback: RefObject<HTMLElement | null>,
  rows: readonly unknown[],
) {
  const held = useRef<Held>();

  // After each rendering that may have changed the rows.
  useLayoutEffect(() => {
    const lost = held.current;
    const isLost =
      lost !== undefined &&
      (document.activeElement === null ||
        document.activeElement === document.body);
    if (!isLost) {
      return;
    }
    const shown = [
      ...(list.current?.querySelectorAll<HTMLElement>(ROWS) ?? []),
    ];
    const isStillThere = shown.some(({ dataset }) => dataset.row === lost.row);
    if (isStillThere) {
      return;
    }
    held.current = undefined;
    const heir = shown[Math.min(lost.place, shown.length - 1)];
    const button =
      heir?.querySelector<HTMLElement>(`[data-action="${lost.action}"]`) ??
      heir?.querySelector<HTMLElement>('button, a, input');
    (button ?? fallback.current)?.focus({ preventScroll: true });
  }, [list, fallback, rows]);

  return {
    onFocus: ({ target }: { target: Element }) => {
      const row = target.closest<HTMLElement>(ROWS);
      const shown = [
        ...(list.current?.querySelectorAll<HTMLElement>(ROWS) ?? []),
      ];
      held.current =
        row?.dataset.row === undefined
          ? undefined
          : {
              row: row.dataset.row,
              place: shown.indexOf(row),
              action:
                target.closest<HTMLElement>('[data-action]')?.dataset.action,
            };
    },
    /** The focus went elsewhere by itself; a row that leaves takes it without telling. */
    onBlur: () => {
      held.current = undefined;
    },
  };
}
