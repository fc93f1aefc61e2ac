import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { parseView, writeView, type InboxView } from './inboxView';

/**
 * The view in the address bar. It is the same object as long as what it says is the same, whatever else the address says.
 *
 * @returns the view, and what changes it; `replace` leaves no step in the history, for a search that is being typed
 */
export function useInboxView(): [
  InboxView,
  (change: Partial<InboxView>, options?: { replace?: boolean }) => void,
] {
  const [params, setParams] = useSearchParams();
  const said = writeView(parseView(params), new URLSearchParams()).toString();
  const view = useMemo(() => parseView(new URLSearchParams(said)), [said]);
  const change = useCallback(
    (to: Partial<InboxView>, options?: { replace?: boolean }) =>
      setParams(
        current => writeView({ ...parseView(current), ...to }, current),
        { replace: options?.replace ?? false, preventScrollReset: true },
      ),
    [setParams],
  );
  return [view, change];
}
