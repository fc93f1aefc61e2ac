import { useApi } from '@backstage/frontend-plugin-api';
import { isWorthRetrying } from '@herald/frontend';
import { useQuery } from '@tanstack/react-query';
import { manualPublishApiRef } from './manualPublishApi';
import { SIDEBAR_KEY } from './queryKeys';

const AGE = 5 * 60_000;

/** The solutions, the languages, and whether all this is a demonstration; it changes with the configuration only. */
export function useSidebar() {
  const api = useApi(manualPublishApiRef);
  return useQuery({
    queryKey: SIDEBAR_KEY,
    queryFn: ({ signal }) => api.getSidebar({ signal }),
    staleTime: AGE,
    retry: (failures, error) => failures < 2 && isWorthRetrying(error),
  });
}
