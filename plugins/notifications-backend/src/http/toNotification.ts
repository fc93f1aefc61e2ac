import { Notification } from '@herald/backstage-plugin-notifications-common';
import { InboxMessage } from '../messages/Message';

/** A message as it goes over the wire. */
export function toNotification(message: InboxMessage): Notification {
  const {
    id,
    createdAt,
    isRead,
    isSystem,
    origin,
    title,
    message: text,
    topic,
    actions,
  } = message;
  return {
    id,
    created: createdAt.toISOString(),
    readByUser: isRead,
    isSystem,
    origin,
    title,
    message: text,
    topic,
    actions,
  };
}
