import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { manualStates, type ManualFilter } from '../../manuals/manualTree';

export type ManualsView = ManualFilter & {
  /** As the address spells it; the configuration may spell it otherwise. */
  solution: string | undefined;
};

/** What is looked at, which is the address: it can be shared, and survives a reload. */
export function useManualsView(): [
  ManualsView,
  (change: Partial<ManualsView>) => void,
] {
  const [params, setParams] = useSearchParams();
  const view = useMemo(
    (): ManualsView => ({
      solution: params.get('solution') ?? undefined,
      search: params.get('q') ?? '',
      state: manualStates.find(state => state === params.get('state')),
    }),
    [params],
  );
  const change = useCallback(
    (changes: Partial<ManualsView>) => {
      const { solution, search, state } = { ...view, ...changes };
      const next = new URLSearchParams();
      if (solution !== undefined) next.set('solution', solution);
      if (search !== '') next.set('q', search);
      if (state !== undefined) next.set('state', state);
      setParams(next, { replace: changes.solution === undefined });
    },
    [view, setParams],
  );
  return [view, change];
}
