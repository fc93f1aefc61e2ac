import {
  markAllReadQuerySchema,
  notificationFilterSchema,
  recentNotificationsQuerySchema,
} from '@herald/backstage-plugin-notifications-common';
import { z } from 'zod';
import { InboxFilter } from '../messages/MessageStore';

type Narrowing = Pick<
  z.output<typeof recentNotificationsQuerySchema>,
  'containsText' | 'createdAfter' | 'origin' | 'topic' | 'severity'
>;

/** What narrows lists of either dialect. */
function toNarrowing(query: Narrowing) {
  return {
    containsText: query.containsText,
    createdAfter: query.createdAfter ? new Date(query.createdAfter) : undefined,
    origins: query.origin,
    topics: query.topic,
    severities: query.severity,
  };
}

export function toFilter(
  query: z.output<typeof notificationFilterSchema>,
): InboxFilter {
  return {
    ...toNarrowing(query),
    scope: query.messageScope,
    isRead: query.read,
    isArchived: query.archived,
    isSaved: query.saved,
  };
}

export function toRecentFilter(
  query: z.output<typeof recentNotificationsQuerySchema>,
): InboxFilter {
  return {
    ...toNarrowing(query),
    scope: 'all',
    isRead: query.include_read ? undefined : false,
  };
}

export function toAllReadFilter(
  query: z.output<typeof markAllReadQuerySchema>,
): InboxFilter {
  return {
    ...toNarrowing(query),
    scope: query.messageScope,
    isSaved: query.saved,
  };
}

/** Up to where all is read. */
export function toPoint({
  upTo,
  upToDate,
}: z.output<typeof markAllReadQuerySchema>) {
  return upTo === undefined
    ? undefined
    : { id: upTo, seenAt: upToDate ? new Date(upToDate) : undefined };
}
