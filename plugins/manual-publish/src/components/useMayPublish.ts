import { useApiHolder } from '@backstage/frontend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { manualPublishPublishPermission } from '@herald/backstage-plugin-manual-publish-common';
import { useQuery } from '@tanstack/react-query';

/**
 * Whether to offer publishing. Only a plain no is one: where the question fails, or a host has no permissions, the server has the last word
 * when somebody publishes.
 *
 * @param solution - by its name, as the configuration spells it
 */
export function useMayPublish(solution: string): boolean {
  const permissionApi = useApiHolder().get(permissionApiRef);
  const { data: answer } = useQuery({
    queryKey: ['manual-publish', 'may-publish', solution],
    queryFn: async () =>
      (await permissionApi?.authorize({
        permission: manualPublishPublishPermission,
        resourceRef: solution.toLowerCase(),
      })) ?? { result: AuthorizeResult.ALLOW },
    retry: false,
    staleTime: 60_000,
  });
  return answer?.result !== AuthorizeResult.DENY;
}
