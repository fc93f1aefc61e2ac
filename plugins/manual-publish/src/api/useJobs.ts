import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  isFinal,
  type ListJobsQuery,
} from '@herald/backstage-plugin-manual-publish-common';
import { isWorthRetrying, pollDelay } from '@herald/frontend';
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { mergedJobs } from '../jobs/mergedJobs';
import { manualPublishApiRef } from './manualPublishApi';
import { jobsKey } from './queryKeys';

const PAGE = 20;
const LARGEST_PAGE = 100;
/** How much longer it takes to look again where nothing is under way. */
const CALM = 6;

/** The reference of the person who looks. */
export function useOwnRef() {
  const identity = useApi(identityApiRef);
  const { data } = useQuery({
    queryKey: ['manual-publish', 'own-ref'],
    queryFn: async () => (await identity.getBackstageIdentity()).userEntityRef,
    staleTime: Infinity,
  });
  return data;
}

export type JobsQuery = Pick<
  ListJobsQuery,
  'status' | 'solution' | 'requested_by'
>;

/**
 * Jobs, the newest first, part by part. The newest hundred of what is loaded are asked for again every few seconds while one of them is
 * under way, and less often else.
 */
export function useJobs(query: JobsQuery, options: { isReady: boolean }) {
  const api = useApi(manualPublishApiRef);
  const parts = useInfiniteQuery({
    queryKey: jobsKey('parts', query),
    queryFn: ({ pageParam, signal }) =>
      api.listJobs({ ...query, limit: PAGE, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
    enabled: options.isReady,
    retry: (failures, error) => failures < 2 && isWorthRetrying(error),
    // What changes is asked for below.
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  const loaded = useMemo(
    () => parts.data?.pages.flatMap(({ jobs }) => jobs) ?? [],
    [parts.data],
  );
  const [spread] = useState(Math.random);
  const newest = useQuery({
    queryKey: jobsKey('newest', query),
    queryFn: ({ signal }) =>
      api.listJobs(
        {
          ...query,
          limit: Math.min(Math.max(loaded.length, PAGE), LARGEST_PAGE),
        },
        { signal },
      ),
    enabled: options.isReady && parts.isSuccess && !parts.isPlaceholderData,
    refetchInterval: ({ state }) => {
      const isBusy = (state.data?.jobs ?? loaded).some(
        ({ status }) => !isFinal(status),
      );
      return pollDelay(state.fetchFailureCount, spread) * (isBusy ? 1 : CALM);
    },
    retry: false,
  });
  const jobs = useMemo(
    () => mergedJobs(newest.data?.jobs, loaded),
    [newest.data, loaded],
  );
  return { parts, newest, jobs };
}
