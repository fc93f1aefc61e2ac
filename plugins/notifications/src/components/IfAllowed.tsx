import { useApiHolder } from '@backstage/frontend-plugin-api';
import {
  permissionApiRef,
  usePermission,
} from '@backstage/plugin-permission-react';
import type { notificationsCreatePermission } from '@herald/backstage-plugin-notifications-common';
import type { ReactNode } from 'react';

type IfAllowedProps = {
  permission: typeof notificationsCreatePermission;
  children: ReactNode;
  /** For those who may not. */
  otherwise?: ReactNode;
  /** While it is not known. */
  meanwhile?: ReactNode;
};

/** What only those see who may. Where a host has no permissions at all, nobody may: the server would refuse, or ask for a list of names. */
export function IfAllowed(props: IfAllowedProps) {
  const permissionApi = useApiHolder().get(permissionApiRef);
  return permissionApi ? <Asked {...props} /> : <>{props.otherwise}</>;
}

function Asked({ permission, children, otherwise, meanwhile }: IfAllowedProps) {
  const { allowed, loading } = usePermission({ permission });
  if (allowed) {
    return <>{children}</>;
  }
  return <>{loading ? meanwhile : otherwise}</>;
}
