import {
  createPlugin,
  createRoutableExtension,
  createRouteRef,
} from '@backstage/core-plugin-api';
import { manualPublishApiFactory } from './api/manualPublishApi';

const legacyRouteRef = createRouteRef({ id: 'manual-publish' });

/** For hosts on the old frontend system. @public */
export const manualPublishPlugin = createPlugin({
  id: 'manual-publish',
  apis: [manualPublishApiFactory],
  routes: { root: legacyRouteRef },
});

/** The pages as a route of a host on the old frontend system. @public */
export const ManualPublishRoutedPage = manualPublishPlugin.provide(
  createRoutableExtension({
    name: 'ManualPublishRoutedPage',
    component: async () =>
      (await import('./pages/ManualPublishPage')).ManualPublishPage,
    mountPoint: legacyRouteRef,
  }),
);
