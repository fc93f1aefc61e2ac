import { isFinal } from '@herald/backstage-plugin-manual-publish-common';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { manualsKey } from './queryKeys';
import { useJobs } from './useJobs';

/**
 * The publications of a solution, the newest first, without dry runs. Where one of them ends, whoever asked for it, its pages are asked for
 * again: what is published of them has changed.
 */
export function usePublications(solution: string) {
  const queryClient = useQueryClient();
  const { jobs, parts } = useJobs({ solution }, { isReady: true });
  const publications = useMemo(
    () => jobs.filter(({ dry_run: isDryRun }) => !isDryRun),
    [jobs],
  );
  const ended = publications
    .filter(({ status }) => isFinal(status))
    .map(({ id }) => id)
    .join();
  const known = useRef<string>();
  useEffect(() => {
    if (!parts.isSuccess) return;
    if (known.current !== undefined && known.current !== ended) {
      void queryClient.invalidateQueries({ queryKey: manualsKey(solution) });
    }
    known.current = ended;
  }, [ended, parts.isSuccess, queryClient, solution]);
  return { publications, isRead: parts.isSuccess };
}
