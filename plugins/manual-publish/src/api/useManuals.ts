import { useApi } from '@backstage/frontend-plugin-api';
import type { Manuals } from '@herald/backstage-plugin-manual-publish-common';
import { isWorthRetrying, pollDelay, statusOf } from '@herald/frontend';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { manualPublishApiRef } from './manualPublishApi';
import { manualsKey } from './queryKeys';

/** The pages of a solution, and the way to have them read anew. Where Notion takes its time, they are asked for until they are read. */
export function useManuals(solution: string) {
  const api = useApi(manualPublishApiRef);
  const queryClient = useQueryClient();
  const queryKey = manualsKey(solution);
  const readingIn = (manuals: Manuals | undefined) =>
    manuals?.solutions.find(({ name }) => name === solution);
  /** When the tree was read that somebody wanted to be replaced. */
  const [replaced, setReplaced] = useState<string | null>();
  const [spread] = useState(Math.random);

  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      const known = readingIn(queryClient.getQueryData<Manuals>(queryKey));
      // A tree that is young enough is only read by order. Whoever asks without it is not told that this is under way.
      const isOrdered = known?.refreshing && known.read_at === replaced;
      return api.listManuals(
        { selected_solution: solution, ...(isOrdered && { refresh: true }) },
        { signal },
      );
    },
    // What is wrong with Notion or the configuration does not mend itself in a moment; a button asks again.
    retry: false,
    refetchInterval: ({ state }) =>
      readingIn(state.data)?.refreshing && mayComeYet(state.error)
        ? pollDelay(state.fetchFailureCount, spread)
        : false,
  });
  const reading = readingIn(query.data);
  const refresh = useMutation({
    mutationFn: () =>
      api.listManuals({ selected_solution: solution, refresh: true }),
    onMutate: () => setReplaced(reading?.read_at),
    onSuccess: manuals => queryClient.setQueryData(queryKey, manuals),
  });
  return {
    query,
    refresh,
    /** When and how the pages were read. */
    reading,
    isBeingRead:
      refresh.isPending ||
      (reading?.refreshing === true && mayComeYet(query.error)),
  };
}

/** Whether pages that are being read may still come: the server says 503 where Notion has failed. */
function mayComeYet(error: unknown): boolean {
  return !error || (isWorthRetrying(error) && statusOf(error) !== 503);
}
