import { useApi } from '@backstage/frontend-plugin-api';
import { isWorthRetrying, pollDelay } from '@herald/frontend';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LogLine } from '../jobs/jobView';
import { manualPublishApiRef } from './manualPublishApi';
import { jobLogKey } from './queryKeys';

/** The most that the backend answers at once. */
const LINES_AT_ONCE = 1_000;

/** The log of a job where no stream tells it: by asking now and then for what came after the last line. */
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
  const { data, status, refetch } = useQuery({
    // After the end of the job, the log that is read is whole.
    queryKey: jobLogKey(id, hasEnded),
    queryFn: async ({ signal }) => {
      const all: LogLine[] = [];
      for (;;) {
        const from = all.at(-1)?.id ?? after;
        const query = { after: from, limit: LINES_AT_ONCE };
        const { lines } = await api.getJobLog(id, query, { signal });
        all.push(...lines);
        if (lines.length < LINES_AT_ONCE) return all;
      }
    },
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
    if (data && data.length > 0) {
      onLines(data);
    }
  }, [data, onLines]);

  // An error is forgotten while it is asked for once more, and when the job ends.
  const [isMissing, setIsMissing] = useState(false);
  useEffect(() => {
    if (status !== 'pending') {
      setIsMissing(status === 'error');
    }
  }, [status]);
  return {
    isMissing: isUntold && isMissing,
    isWhole: isUntold && hasEnded && data !== undefined,
    refetch,
  };
}
