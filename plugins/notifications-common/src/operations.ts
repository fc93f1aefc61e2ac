import { z } from 'zod';
import { notificationLimits } from './limits';
import {
  sendNotificationSchema,
  sentNotificationSchema,
  notificationSchema,
} from './schemas/message';
import {
  streamNotificationsHeadersSchema,
  streamNotificationsQuerySchema,
} from './schemas/stream';
import {
  listNotificationsQuerySchema,
  notificationCountSchema,
  notificationFilterSchema,
  updateReadQuerySchema,
} from './schemas/query';

/** How a caller may prove who it is. @public */
export type CallerKind = 'user' | 'service' | 'secret';

/** @public */
export type ResponseHeader = { description: string; schema: z.ZodType };

/**
 * One call of the API: what it takes, what it answers, who may make it. The server parses with these schemas, the client is
 * typed by them, `openapi.yaml` is generated from them.
 *
 * @public
 */
export type Operation = {
  id: string;
  method: 'get' | 'post' | 'put' | 'delete';
  /** Below the plugin's base path, in express notation. */
  path: string;
  summary: string;
  description?: string;
  callers: readonly CallerKind[];
  permission: string;
  query?: z.ZodType;
  headers?: z.ZodObject;
  body?: z.ZodType;
  success: {
    status: 200;
    description: string;
    body?: z.ZodType;
    /** `application/json` where it is left out. */
    contentType?: 'text/event-stream';
    headers?: Record<string, ResponseHeader>;
  };
  /** Statuses, beside 500, with which it may refuse, and when. */
  refusals: Record<number, string>;
};

const REFUSALS = {
  401: 'Nobody is signed in, or the credentials are not valid.',
  403: 'The caller lacks the permission.',
  503: 'The catalog cannot be reached and nothing is known of the user.',
};

/** @public */
export const sendNotificationHeadersSchema = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(notificationLimits.idempotencyKeyLength)
    .regex(/^[\x21-\x7e]+$/, { error: 'must be visible ASCII characters' })
    .optional()
    .meta({
      description:
        'Chosen by the sender. A repeated request with the same key answers as the first did and sends nothing; kept for 24 hours per sender.',
      examples: ['build-4711-finished'],
    }),
});

/** @public */
export const notificationsOperations = {
  send: {
    id: 'sendNotification',
    method: 'post',
    path: '/notifications',
    summary: 'Send a message',
    description:
      'To users, to groups (whoever is a member when reading, through subgroups), or to everybody where no target is named.',
    callers: ['user', 'service', 'secret'],
    permission: 'notifications.create',
    query: z.strictObject({}),
    headers: sendNotificationHeadersSchema,
    body: sendNotificationSchema,
    success: {
      status: 200,
      description: 'The message is stored.',
      body: sentNotificationSchema,
    },
    refusals: {
      400: 'A field is missing, unknown, malformed or too long; the message names it.',
      401: REFUSALS[401],
      403: REFUSALS[403],
      404: 'A target is not in the catalog; nothing was stored.',
      409: 'The Idempotency-Key was used before, with another body.',
      413: `The body is larger than ${notificationLimits.bodyBytes} bytes.`,
      503: 'The catalog cannot be reached, so the targets cannot be checked; nothing was stored.',
    },
  },
  list: {
    id: 'listNotifications',
    method: 'get',
    path: '/notifications',
    summary: 'List my messages',
    callers: ['user'],
    permission: 'notifications.list',
    query: listNotificationsQuerySchema,
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
    refusals: {
      400: 'A parameter is unknown or malformed; the message names it.',
      ...REFUSALS,
      404: 'The user is not in the catalog.',
    },
  },
  count: {
    id: 'countNotifications',
    method: 'get',
    path: '/notifications/count',
    summary: 'Count my messages',
    callers: ['user'],
    permission: 'notifications.list',
    query: notificationFilterSchema,
    success: {
      status: 200,
      description: 'How many match.',
      body: notificationCountSchema,
    },
    refusals: {
      400: 'A parameter is unknown or malformed; the message names it.',
      ...REFUSALS,
      404: 'The user is not in the catalog.',
    },
  },
  stream: {
    id: 'streamNotifications',
    method: 'get',
    path: '/notifications/stream',
    summary: 'Follow my messages live',
    description: [
      'Server-sent events: the unread messages first, oldest first, then `ready`, then what comes.',
      '- `message`: a message, as in the list. One that is known already was sent again.',
      '- `read`: `{messageIds, read}`, messages were marked, here or elsewhere.',
      '- `reset`: what the client asked to go on from is not kept any more; forget what is known, the unread messages follow.',
      '- `ready`: the past has been told.',
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
      400: 'A parameter is unknown or malformed; the message names it.',
      ...REFUSALS,
      404: 'The user is not in the catalog.',
      429: 'The user, or all users together, have as many streams open as there may be; Retry-After says when to try again.',
    },
  },
  updateRead: {
    id: 'updateRead',
    method: 'put',
    path: '/notifications/read',
    summary: 'Mark my messages as read or unread',
    callers: ['user'],
    permission: 'notifications.update.read',
    query: updateReadQuerySchema,
    success: {
      status: 200,
      description: 'All of them are marked. The body is empty.',
    },
    refusals: {
      400: 'A parameter is missing, unknown or malformed; the message names it.',
      ...REFUSALS,
      404: 'The user is not in the catalog, or an id is not that of a message of theirs; nothing was changed.',
    },
  },
} as const satisfies Record<string, Operation>;
