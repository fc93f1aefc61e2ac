import {
  ApiBlueprint,
  AppRootElementBlueprint,
  createFrontendPlugin,
  PageBlueprint,
  PluginHeaderActionBlueprint,
} from '@backstage/frontend-plugin-api';
import { bringUiStyles } from '@herald/frontend';
import { liveNotificationsApiFactory } from './api/live/liveNotificationsApiFactory';
import { unreadCountApiFactory } from './api/LiveUnreadCount';
import { notificationsApiFactory } from './api/notificationsApi';
import { NotificationsIcon } from './components/NotificationsIcon';
import { RoutedNotificationsLive } from './live/NotificationsLive';
import { TitledPage } from './pages/TitledPage';
import { rootRouteRef } from './routes';

// Ahead of the pages, which are loaded when they are asked for.
bringUiStyles();

const notificationsApi = ApiBlueprint.make({
  name: 'client',
  params: define => define(notificationsApiFactory),
});

const liveNotificationsApi = ApiBlueprint.make({
  name: 'live',
  params: define => define(liveNotificationsApiFactory),
});

const unreadCountApi = ApiBlueprint.make({
  name: 'unread-count',
  params: define => define(unreadCountApiFactory),
});

const notificationsPage = PageBlueprint.makeWithOverrides({
  factory: (originalFactory, { config }) =>
    originalFactory({
      path: '/notifications',
      // In the navigation; the page has a header of its own, in the language of whoever reads it.
      title: 'Notifications',
      noHeader: true,
      icon: <NotificationsIcon />,
      routeRef: rootRouteRef,
      loader: async () => <TitledPage title={config.title} />,
    }),
});

const sendAction = PluginHeaderActionBlueprint.make({
  name: 'send',
  params: {
    loader: async () => {
      const { SendButton } = await import('./components/SendButton');
      return <SendButton />;
    },
  },
});

const live = AppRootElementBlueprint.make({
  name: 'live',
  params: { element: <RoutedNotificationsLive /> },
});

/** The page of one's messages, and the number of unread ones in the navigation. @public */
export const notificationsPlugin = createFrontendPlugin({
  pluginId: 'notifications',
  title: 'Notifications',
  extensions: [
    notificationsApi,
    liveNotificationsApi,
    unreadCountApi,
    notificationsPage,
    sendAction,
    live,
  ],
  routes: { root: rootRouteRef },
  info: { packageJson: () => import('../package.json') },
});
