import type { Operation } from '@herald/api-contract';
import { z } from 'zod';
import { notificationSchema } from '../schemas/message';
import {
  countNotificationsQuerySchema,
  latestNotificationQuerySchema,
  listNotificationsQuerySchema,
  notificationCountSchema,
  recentNotificationsQuerySchema,
} from '../schemas/query';
import {
  streamNotificationsHeadersSchema,
  streamNotificationsQuerySchema,
} from '../schemas/stream';
import { READER_REFUSALS } from './refusals';

/** Lists, counts and the stream of what a user has. */
export const readingOperations = {
  list: {
    id: 'listNotifications',
    method: 'get',
    path: '/notifications',
    summary: 'List my messages',
    description:
      'In two dialects: page by page, or, with `limit` or `include_read`, the newest of all scopes.',
    callers: ['user'],
    permission: 'notifications.list',
    query: listNotificationsQuerySchema,
    otherQuery: recentNotificationsQuerySchema,
    success: {
      status: 200,
      description: 'A page of messages.',
      body: z.array(notificationSchema),
      headers: {
        Link: {
          description:
            'The next page, `rel="next"`, where there is one and the order is `created`.',
          schema: z.string(),
        },
        'X-Total-Count': {
          description: 'How many match in all; only with `total=true`.',
          schema: z.int(),
        },
      },
    },
    refusals: READER_REFUSALS,
  },
  count: {
    id: 'countNotifications',
    method: 'get',
    path: '/notifications/count',
    summary: 'Count my messages',
    callers: ['user'],
    permission: 'notifications.list',
    query: countNotificationsQuerySchema,
    success: {
      status: 200,
      description: 'How many match.',
      body: notificationCountSchema,
    },
    refusals: READER_REFUSALS,
  },
  latest: {
    id: 'latestNotification',
    method: 'get',
    path: '/notifications/latest',
    summary: 'My newest message',
    callers: ['user'],
    permission: 'notifications.list',
    query: latestNotificationQuerySchema,
    success: {
      status: 200,
      description: 'The newest of all scopes.',
      body: notificationSchema,
    },
    none: 'There is none.',
    refusals: READER_REFUSALS,
  },
  stream: {
    id: 'streamNotifications',
    method: 'get',
    path: '/notifications/stream',
    summary: 'Follow my messages live',
    description: [
      'Server-sent events: the unread messages first, oldest first, then `ready`, then what comes.',
      '- `message`: a message, as in the list. One that is known already was sent again.',
      '- `correction`: what a message says now; its place and its read state are as before.',
      '- `withdrawal`: `{messageIds}`, messages are gone: withdrawn, or expired some seconds ago.',
      '- `read`: `{messageIds, read}`, messages were marked, here or elsewhere.',
      '- `archived`: `{messageIds, archived}`, messages were put away, or taken back.',
      '- `saved`: `{messageIds, saved}`, messages are kept, or not any more.',
      '- `refresh`: more has changed than is worth naming (all were read or put away, preferences changed); ask for lists and counts again; with `{everyone: true}` all clients are told so, and it is better to spread that over some seconds.',
      '- `reset`: what the client asked to go on from is not kept any more; forget what is known, the unread messages follow.',
      '- `ready`: the past has been told; with `{older: true}` there are older unread messages than those, and the list has them.',
      '- `ping`: keeps the connection open.',
      'Every event but `ping` has an `id`. Hand the last one back as `Last-Event-ID`, or as `after`, to be told what was missed. The stream ends when the token or a group membership does; come back with a new token.',
    ].join('\n\n'),
    callers: ['user'],
    permission: 'notifications.list',
    query: streamNotificationsQuerySchema,
    headers: streamNotificationsHeadersSchema,
    success: {
      status: 200,
      description: 'The stream.',
      contentType: 'text/event-stream',
      body: z.string(),
    },
    refusals: {
      ...READER_REFUSALS,
      429: 'The user, or all users together, have as many streams open as there may be; Retry-After says when to try again.',
    },
  },
} as const satisfies Record<string, Operation>;
