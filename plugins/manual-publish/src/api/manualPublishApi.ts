import {
  createApiFactory,
  createApiRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  ManualPublishClient,
  type ManualPublishApi,
} from '@herald/backstage-plugin-manual-publish-common';

/** The calls of the manual publishing backend. @public */
export const manualPublishApiRef = createApiRef<ManualPublishApi>().with({
  id: 'plugin.manual-publish.client',
  pluginId: 'manual-publish',
});

/** The calls over HTTP, with the token of the signed-in user. @public */
export const manualPublishApiFactory = createApiFactory({
  api: manualPublishApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: ({ discoveryApi, fetchApi }) =>
    new ManualPublishClient({ discoveryApi, fetchApi }),
});
