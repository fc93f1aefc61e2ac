import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { statusGroups, type StatusGroup } from '../../jobs/statusGroups';

export type JobsView = {
  /** Empty: any. */
  status: readonly StatusGroup[];
  solution: string | undefined;
  isMine: boolean;
};

export const ALL_JOBS: JobsView = {
  status: [],
  solution: undefined,
  isMine: false,
};

/** The filters, which are in the address: they can be shared, and survive a reload. */
export function useJobsView(): [JobsView, (change: Partial<JobsView>) => void] {
  const [params, setParams] = useSearchParams();
  const view = useMemo(
    (): JobsView => ({
      status: statusGroups.filter(group =>
        params.getAll('status').includes(group),
      ),
      solution: params.get('solution') ?? undefined,
      isMine: params.get('by') === 'me',
    }),
    [params],
  );
  const change = useCallback(
    (changes: Partial<JobsView>) => {
      const { status, solution, isMine } = { ...view, ...changes };
      const next = new URLSearchParams(status.map(one => ['status', one]));
      if (solution !== undefined) next.set('solution', solution);
      if (isMine) next.set('by', 'me');
      setParams(next, { replace: true });
    },
    [view, setParams],
  );
  return [view, change];
}
