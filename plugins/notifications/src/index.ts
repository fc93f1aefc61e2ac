/**
 * The notifications page as plain components, for hosts on the old frontend system and for those that mount components. The
 * plugin for the new frontend system is the default export of `./alpha`.
 *
 * @packageDocumentation
 */
export { liveNotificationsApiFactory } from './api/live/liveNotificationsApiFactory';
export { liveNotificationsApiRef } from './api/live/liveNotificationsApi';
export type {
  LiveEvent,
  LiveNotificationsApi,
  LiveState,
} from './api/live/liveNotificationsApi';
export { unreadCountApiFactory } from './api/LiveUnreadCount';
export {
  notificationsApiFactory,
  notificationsApiRef,
} from './api/notificationsApi';
export type { StreamState } from './api/stream/NotificationStream';
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
export { NotificationsLive } from './live/NotificationsLive';
export { useLiveEvents, useLiveState } from './live/useLiveEvents';
export {
  browserNotificationPermission,
  usePersonalSettings,
} from './live/usePersonalSettings';
export type {
  BrowserNotificationPermission,
  PersonalSettings,
} from './live/usePersonalSettings';
export { NotificationsPage } from './pages/NotificationsPage';
export { notificationsTranslationRef } from './translation';
export { notificationsTranslations } from './translations/notificationsTranslations';
