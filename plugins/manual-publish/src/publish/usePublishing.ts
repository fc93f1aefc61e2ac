import { useApi } from '@backstage/frontend-plugin-api';
import type { Publish } from '@herald/backstage-plugin-manual-publish-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { manualPublishApiRef } from '../api/manualPublishApi';
import { JOBS_KEY } from '../api/queryKeys';

/** Starts a publication or a dry run, and answers its id. */
export function usePublishing() {
  const api = useApi(manualPublishApiRef);
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (request: Publish) => (await api.publish(request)).job_id,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: JOBS_KEY }),
    networkMode: 'always',
  });
}
