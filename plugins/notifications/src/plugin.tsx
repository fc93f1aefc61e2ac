import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { notificationsApiFactory } from './api/notificationsApi';
import { unreadCountApiFactory } from './api/PollingUnreadCount';
import { NotificationsIcon } from './components/NotificationsIcon';
import { rootRouteRef } from './routes';

const notificationsApi = ApiBlueprint.make({
  name: 'client',
  params: define => define(notificationsApiFactory),
});

const unreadCountApi = ApiBlueprint.make({
  name: 'unread-count',
  params: define => define(unreadCountApiFactory),
});

const notificationsPage = PageBlueprint.make({
  params: {
    path: '/notifications',
    title: 'Notifications',
    icon: <NotificationsIcon />,
    routeRef: rootRouteRef,
    loader: async () => {
      const { NotificationsContent } = await import(
        './pages/NotificationsContent'
      );
      return <NotificationsContent />;
    },
  },
});

/** The page of one's messages, and the number of unread ones in the navigation. @public */
export const notificationsPlugin = createFrontendPlugin({
  pluginId: 'notifications',
  title: 'Notifications',
  extensions: [notificationsApi, unreadCountApi, notificationsPage],
  routes: { root: rootRouteRef },
  info: { packageJson: () => import('../package.json') },
});
