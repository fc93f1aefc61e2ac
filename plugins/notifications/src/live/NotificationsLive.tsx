import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useHref } from 'react-router-dom';
import { useUnreadCount } from '../api/useUnreadCount';
import { rootRouteRef } from '../routes';
import { useBrowserNotifications } from './useBrowserNotifications';
import { usePersonalSettings } from './usePersonalSettings';
import { useSnackbars } from './useSnackbars';
import { useTitleCounter } from './useTitleCounter';

/**
 * Shows nothing by itself. It keeps the stream open while the portal is, whatever page is shown; puts the unread number in the
 * title; and tells of what comes, as the person has chosen. It stands once at the root of the app, below the router.
 *
 * @param path - where the page is
 * @public
 */
export function NotificationsLive({
  path = '/notifications',
}: {
  path?: string;
}) {
  const { settings, isKnown } = usePersonalSettings();
  const { count = 0 } = useUnreadCount();
  useTitleCounter(count, isKnown && settings.titleCounter);
  useSnackbars(path, isKnown && settings.snackbars);
  useBrowserNotifications(path, isKnown && settings.browserNotifications);
  return null;
}

/** The same, where the app knows by the route where the page is. */
export function RoutedNotificationsLive() {
  const route = useRouteRef(rootRouteRef);
  // The route begins with the base path of the app, which the router puts there, too.
  const basePath = useHref('/').replace(/\/$/, '');
  const path = route?.() ?? '/notifications';
  return (
    <NotificationsLive
      path={
        path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path
      }
    />
  );
}
