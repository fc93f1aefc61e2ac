import { useApi } from '@backstage/frontend-plugin-api';
import { isWorthRetrying, pollDelay } from '@herald/frontend';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LogLine } from '../jobs/jobView';
import { manualPublishApiRef } from './manualPublishApi';
import { jobLogKey } from './queryKeys';

/** The log of a job where no stream tells it: by asking for what came after the last line, at once where there may be more. */
export function useJobLog(
  id: string,
  options: {
    after: number;
    isUntold: boolean;
    hasEnded: boolean;
    onLines: (lines: readonly LogLine[]) => void;
  },
) {
  const { after, isUntold, hasEnded, onLines } = options;
  const api = useApi(manualPublishApiRef);
  const [spread] = useState(Math.random);
  const { data, error, errorUpdateCount } = useQuery({
    // What came last, and the end of the job, make another question of it.
    queryKey: jobLogKey(id, after, hasEnded),
    queryFn: ({ signal }) => api.getJobLog(id, { after }, { signal }),
    enabled: isUntold,
    gcTime: 0,
    retry: (failures, reason) => failures < 2 && isWorthRetrying(reason),
    refetchInterval: ({ state }) =>
      (hasEnded && !state.error) ||
      (state.error && !isWorthRetrying(state.error))
        ? false
        : pollDelay(state.error ? state.fetchFailureCount : 0, spread),
  });
  useEffect(() => {
    if (data && data.lines.length > 0) {
      onLines(data.lines);
    }
  }, [data, onLines]);
  return {
    // While it is asked for once more, an error is forgotten.
    isMissing: isUntold && (error !== null || (!data && errorUpdateCount > 0)),
    isWhole: isUntold && hasEnded && data?.lines.length === 0,
  };
}
