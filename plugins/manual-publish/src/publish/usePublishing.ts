import { useApi } from '@backstage/frontend-plugin-api';
import type { Publish } from '@herald/backstage-plugin-manual-publish-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { manualPublishApiRef } from '../api/manualPublishApi';
import { JOBS_KEY } from '../api/queryKeys';
import { useOneAtATime } from '../components/useOneAtATime';

/** Starts a publication or a dry run, and answers its id. What is asked for meanwhile is not. */
export function usePublishing() {
  const api = useApi(manualPublishApiRef);
  const queryClient = useQueryClient();
  const turn = useOneAtATime();
  const mutation = useMutation({
    mutationFn: async (request: Publish) => (await api.publish(request)).job_id,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: JOBS_KEY }),
    onSettled: turn.end,
    networkMode: 'always',
  });
  return {
    ...mutation,
    mutate: (...args: Parameters<typeof mutation.mutate>) => {
      if (turn.begin()) {
        mutation.mutate(...args);
      }
    },
  };
}
