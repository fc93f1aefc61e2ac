import { useApi } from '@backstage/frontend-plugin-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { manualPublishApiRef } from './manualPublishApi';
import { manualsKey } from './queryKeys';

/** The pages of a solution, and the way to have them read anew. */
export function useManuals(solution: string) {
  const api = useApi(manualPublishApiRef);
  const queryClient = useQueryClient();
  const query = useQuery({
    queryKey: manualsKey(solution),
    queryFn: ({ signal }) =>
      api.listManuals({ selected_solution: solution }, { signal }),
    // What is wrong with Notion or the configuration does not mend itself in a moment; a button asks again.
    retry: false,
  });
  const refresh = useMutation({
    mutationFn: () =>
      api.listManuals({ selected_solution: solution, refresh: true }),
    onSuccess: manuals =>
      queryClient.setQueryData(manualsKey(solution), manuals),
  });
  return { query, refresh };
}
