/**
 * The notifications page as plain components, for hosts on the old frontend system and for those that mount components. The
 * plugin for the new frontend system is the default export of `./alpha`.
 *
 * @packageDocumentation
 */
export {
  notificationsApiFactory,
  notificationsApiRef,
} from './api/notificationsApi';
export { unreadCountApiFactory } from './api/PollingUnreadCount';
export { unreadCountApiRef } from './api/UnreadCount';
export type {
  UnreadCount,
  UnreadCountSnapshot,
  UnreadCountState,
} from './api/UnreadCount';
export { useUnreadCount } from './api/useUnreadCount';
export { NotificationsIcon } from './components/NotificationsIcon';
export { NotificationsSidebarItem } from './components/NotificationsSidebarItem';
export { notificationsPlugin, NotificationsRoutedPage } from './legacyPlugin';
export { NotificationsPage } from './pages/NotificationsPage';
export { notificationsTranslationRef } from './translation';
