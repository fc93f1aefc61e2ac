import {
  Notification,
  NotificationContent,
} from '@herald/backstage-plugin-notifications-common';
import { InboxMessage, StoredMessage } from '../messages/Message';

/** A message as it goes over the wire. */
export function toNotification(message: InboxMessage): Notification {
  const { isRead, isArchived, isSaved } = message;
  return {
    ...toContent(message),
    readByUser: isRead,
    archived: isArchived,
    saved: isSaved,
  };
}

/** What it says to all of its readers alike. */
export function toContent(message: StoredMessage): NotificationContent {
  return {
    id: message.id,
    created: message.createdAt.toISOString(),
    updated: message.updatedAt?.toISOString(),
    corrected: message.correctedAt?.toISOString(),
    isSystem: message.isSystem,
    origin: message.origin,
    title: message.title,
    message: message.message,
    topic: message.topic,
    actions: message.actions,
    severity: message.severity,
    type: message.type,
    solution: message.solution,
    document_title: message.documentTitle,
    link: message.link,
    icon: message.icon,
    metadata: message.metadata,
    scope: message.scope,
    expiresAt: message.expiresAt?.toISOString(),
  };
}
