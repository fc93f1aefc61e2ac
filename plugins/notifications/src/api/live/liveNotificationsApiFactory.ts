import {
  createApiFactory,
  discoveryApiRef,
  fetchApiRef,
  identityApiRef,
} from '@backstage/frontend-plugin-api';
import { LiveNotifications } from './LiveNotifications';
import { liveNotificationsApiRef } from './liveNotificationsApi';

/** @public */
export const liveNotificationsApiFactory = createApiFactory({
  api: liveNotificationsApiRef,
  deps: {
    discoveryApi: discoveryApiRef,
    fetchApi: fetchApiRef,
    identityApi: identityApiRef,
  },
  factory: apis => new LiveNotifications(apis),
});
