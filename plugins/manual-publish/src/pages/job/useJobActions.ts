import { useApi } from '@backstage/frontend-plugin-api';
import type { Job } from '@herald/backstage-plugin-manual-publish-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import { manualPublishApiRef } from '../../api/manualPublishApi';
import { JOBS_KEY } from '../../api/queryKeys';
import type { FollowedJob } from '../../api/useJob';
import { usePaths } from '../../components/paths';
import { useOneAtATime } from '../../components/useOneAtATime';
import { ARRIVAL } from './useFocusOnArrival';

/** What may be done with a job, one thing at a time. A new one that comes of it is shown. */
export function useJobActions(
  job: Job,
  take: FollowedJob['take'],
  onCancelled: () => void,
) {
  const api = useApi(manualPublishApiRef);
  const navigate = useNavigate();
  const paths = usePaths();
  const queryClient = useQueryClient();
  const turn = useOneAtATime();
  const toJob = async ({ job_id }: { job_id: string }) => {
    await queryClient.invalidateQueries({ queryKey: JOBS_KEY });
    navigate(paths.job(job_id), { state: ARRIVAL });
  };
  const cancel = useMutation({
    mutationFn: () => api.cancelJob(job.id),
    onSuccess: changed => {
      take({ type: 'polled', job: changed });
      onCancelled();
    },
    onSettled: turn.end,
    networkMode: 'always',
  });
  const retry = useMutation({
    mutationFn: () => api.retryJob(job.id),
    onSuccess: toJob,
    onSettled: turn.end,
    networkMode: 'always',
  });
  const publish = useMutation({
    mutationFn: () =>
      api.publish({
        notion_page_id: job.notion_page_id,
        selected_solution: job.solution,
        target_languages: job.target_languages,
        ...(job.force && { force: true }),
        ...(job.update_slugs && { update_slugs: true }),
      }),
    onSuccess: toJob,
    onSettled: turn.end,
    networkMode: 'always',
  });
  const inTurn = (action: { mutate: () => void }) => () => {
    if (turn.begin()) {
      action.mutate();
    }
  };
  return {
    cancel: inTurn(cancel),
    retry: inTurn(retry),
    publish: inTurn(publish),
    isPending: cancel.isPending || retry.isPending || publish.isPending,
    error: cancel.error ?? retry.error ?? publish.error,
  };
}
