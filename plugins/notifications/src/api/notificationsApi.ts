import {
  createApiFactory,
  createApiRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  NotificationsClient,
  type NotificationsApi,
} from '@herald/backstage-plugin-notifications-common';

/** The calls of the notifications backend. @public */
export const notificationsApiRef = createApiRef<NotificationsApi>().with({
  id: 'plugin.notifications.client',
  pluginId: 'notifications',
});

/** The calls over HTTP, with the token of the signed-in user. @public */
export const notificationsApiFactory = createApiFactory({
  api: notificationsApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: ({ discoveryApi, fetchApi }) =>
    new NotificationsClient({ discoveryApi, fetchApi }),
});
