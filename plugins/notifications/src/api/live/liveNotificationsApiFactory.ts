import {
  createApiFactory,
  discoveryApiRef,
  fetchApiRef,
  identityApiRef,
} from '@backstage/frontend-plugin-api';
import { LiveNotifications } from './LiveNotifications';
import { liveNotificationsApiRef } from './liveNotificationsApi';

/** One stream for all tabs of the portal, as the signed-in user. @public */
export const liveNotificationsApiFactory = createApiFactory({
  api: liveNotificationsApiRef,
  deps: {
    discoveryApi: discoveryApiRef,
    fetchApi: fetchApiRef,
    identityApi: identityApiRef,
  },
  factory: apis => new LiveNotifications(apis),
});
