import {
  createPlugin,
  createRoutableExtension,
  createRouteRef,
} from '@backstage/core-plugin-api';
import { liveNotificationsApiFactory } from './api/live/liveNotificationsApiFactory';
import { unreadCountApiFactory } from './api/LiveUnreadCount';
import { notificationsApiFactory } from './api/notificationsApi';

const legacyRouteRef = createRouteRef({ id: 'notifications' });

/** For hosts on the old frontend system. @public */
export const notificationsPlugin = createPlugin({
  id: 'notifications',
  apis: [
    notificationsApiFactory,
    liveNotificationsApiFactory,
    unreadCountApiFactory,
  ],
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
