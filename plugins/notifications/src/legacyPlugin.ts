import {
  createPlugin,
  createRoutableExtension,
  createRouteRef,
} from '@backstage/core-plugin-api';
import { notificationsApiFactory } from './api/notificationsApi';
import { unreadCountApiFactory } from './api/PollingUnreadCount';

const legacyRouteRef = createRouteRef({ id: 'notifications' });

/** For hosts on the old frontend system. @public */
export const notificationsPlugin = createPlugin({
  id: 'notifications',
  apis: [notificationsApiFactory, unreadCountApiFactory],
  routes: { root: legacyRouteRef },
});

/** The page as a route of a host on the old frontend system. @public */
export const NotificationsRoutedPage = notificationsPlugin.provide(
  createRoutableExtension({
    name: 'NotificationsRoutedPage',
    component: async () =>
      (await import('./pages/NotificationsPage')).NotificationsPage,
    mountPoint: legacyRouteRef,
  }),
);
