import { createPermission } from '@backstage/plugin-permission-common';

/** Send a message to users, groups or everybody. @public */
export const notificationsCreatePermission = createPermission({
  name: 'notifications.create',
  attributes: { action: 'create' },
});

/** List and count one's own messages. @public */
export const notificationsListPermission = createPermission({
  name: 'notifications.list',
  attributes: { action: 'read' },
});

/** Mark one's own messages as read or unread. @public */
export const notificationsUpdateReadPermission = createPermission({
  name: 'notifications.update.read',
  attributes: { action: 'update' },
});

/** Change what others sent, and how the plugin serves everybody. @public */
export const notificationsAdministerPermission = createPermission({
  name: 'notifications.administer',
  attributes: { action: 'update' },
});

/** Every permission of the plugin, as it is registered with the permission framework. @public */
export const notificationsPermissions = [
  notificationsCreatePermission,
  notificationsListPermission,
  notificationsUpdateReadPermission,
  notificationsAdministerPermission,
];
