import { z } from 'zod';
import { notificationLimits } from './limits';
import {
  correctNotificationSchema,
  notificationContentSchema,
  notificationSchema,
  sendNotificationSchema,
  sentNotificationSchema,
} from './schemas/message';
import { importReportSchema, startImportSchema } from './schemas/imports';
import {
  eraseQuerySchema,
  erasedSchema,
  preferenceDefaultsSchema,
  preferencesSchema,
  updatePreferencesSchema,
} from './schemas/preferences';
import {
  countNotificationsQuerySchema,
  latestNotificationQuerySchema,
  listNotificationsQuerySchema,
  markAllReadQuerySchema,
  messageIdPathSchema,
  notificationCountSchema,
  recentNotificationsQuerySchema,
  updateArchivedQuerySchema,
  updateReadQuerySchema,
  updateSavedQuerySchema,
} from './schemas/query';
import {
  streamNotificationsHeadersSchema,
  streamNotificationsQuerySchema,
} from './schemas/stream';
import { upstreamSendSchema, upstreamSentSchema } from './schemas/upstream';
import {
  deadWorkSchema,
  listDeadWorkQuerySchema,
  selectDeadWorkSchema,
  workCountSchema,
} from './schemas/work';

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
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below the plugin's base path, in express notation. */
  path: string;
  summary: string;
  description?: string;
  callers: readonly CallerKind[];
  permission: string;
  pathParams?: z.ZodObject;
  query?: z.ZodType;
  /** Another way to ask the same, whose parameters do not mix with those of `query`. */
  otherQuery?: z.ZodObject;
  headers?: z.ZodObject;
  body?: z.ZodType;
  success: {
    status: 200 | 204;
    description: string;
    body?: z.ZodType;
    /** `application/json` where it is left out. */
    contentType?: 'text/event-stream';
    headers?: Record<string, ResponseHeader>;
  };
  /** Where there may be nothing to answer with: what 204 means. */
  none?: string;
  /** Statuses, beside 500, with which it may refuse, and when. */
  refusals: Record<number, string>;
};

const REFUSALS = {
  401: 'Nobody is signed in, or the credentials are not valid.',
  403: 'The caller lacks the permission.',
  503: 'The catalog cannot be reached and nothing is known of the user.',
};

const READER_REFUSALS = {
  400: 'A parameter is missing, unknown or malformed; the message names it.',
  ...REFUSALS,
  404: 'The user is not in the catalog.',
};

const MARK_REFUSALS = {
  ...READER_REFUSALS,
  404: 'The user is not in the catalog, or an id is not that of a message of theirs; nothing was changed.',
};

const SEND_REFUSALS = {
  400: 'A field is missing, unknown, malformed or too long; the message names it.',
  401: REFUSALS[401],
  403: REFUSALS[403],
  413: `The body is larger than ${notificationLimits.bodyBytes} bytes.`,
  429: 'The sender has used up its quota; Retry-After says when to try again.',
  503: 'The catalog cannot be reached, so the targets cannot be checked; nothing was stored.',
};

const ADMINISTRATION_REFUSALS = {
  400: READER_REFUSALS[400],
  401: REFUSALS[401],
  403: REFUSALS[403],
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
      "To users, to groups (whoever is a member when reading, through subgroups), to owners of entities, or to everybody where no target is named. The body of Backstage's own notification service is taken, too, and answered as there.",
    callers: ['user', 'service', 'secret'],
    permission: 'notifications.create',
    query: z.strictObject({}),
    headers: sendNotificationHeadersSchema,
    body: z.union([sendNotificationSchema, upstreamSendSchema]),
    success: {
      status: 200,
      description: 'The message is stored.',
      body: z.union([sentNotificationSchema, upstreamSentSchema]),
    },
    refusals: {
      ...SEND_REFUSALS,
      404: 'A target is not in the catalog; nothing was stored.',
      409: 'The Idempotency-Key was used before, with another body.',
    },
  },
  sendAsUpstream: {
    id: 'sendAsUpstream',
    method: 'post',
    path: '/',
    summary: "Send as Backstage's own notification service does",
    description:
      'Recipients that are not in the catalog are left out and named in the log, as there.',
    callers: ['user', 'service'],
    permission: 'notifications.create',
    query: z.strictObject({}),
    headers: sendNotificationHeadersSchema,
    body: upstreamSendSchema,
    success: {
      status: 200,
      description: 'The message is stored; one entry for each recipient ref.',
      body: upstreamSentSchema,
    },
    refusals: {
      ...SEND_REFUSALS,
      409: 'The Idempotency-Key was used before, with another body.',
    },
  },
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
    refusals: MARK_REFUSALS,
  },
  updateArchived: {
    id: 'updateArchived',
    method: 'put',
    path: '/notifications/archived',
    summary: 'Put my messages away, or take them back',
    callers: ['user'],
    permission: 'notifications.update.read',
    query: updateArchivedQuerySchema,
    success: {
      status: 200,
      description: 'All of them are marked. The body is empty.',
    },
    refusals: MARK_REFUSALS,
  },
  updateSaved: {
    id: 'updateSaved',
    method: 'put',
    path: '/notifications/saved',
    summary: 'Keep my messages, or keep them no more',
    callers: ['user'],
    permission: 'notifications.update.read',
    query: updateSavedQuerySchema,
    success: {
      status: 200,
      description: 'All of them are marked. The body is empty.',
    },
    refusals: MARK_REFUSALS,
  },
  markAllRead: {
    id: 'markAllRead',
    method: 'put',
    path: '/notifications/read/all',
    summary: 'Mark all that match as read',
    callers: ['user'],
    permission: 'notifications.update.read',
    query: markAllReadQuerySchema,
    success: {
      status: 200,
      description: 'All of them are read. The body is empty.',
    },
    refusals: MARK_REFUSALS,
  },
  clear: {
    id: 'clearNotifications',
    method: 'post',
    path: '/notifications/clear',
    summary: 'Put all my messages away',
    description: "Mine only; nobody else's are touched.",
    callers: ['user'],
    permission: 'notifications.update.read',
    query: z.strictObject({}),
    success: {
      status: 200,
      description: 'All of them are archived. The body is empty.',
    },
    refusals: READER_REFUSALS,
  },
  get: {
    id: 'getNotification',
    method: 'get',
    path: '/notifications/:id',
    summary: 'One of my messages',
    callers: ['user'],
    permission: 'notifications.list',
    pathParams: messageIdPathSchema,
    query: z.strictObject({}),
    success: {
      status: 200,
      description: 'The message.',
      body: notificationSchema,
    },
    refusals: {
      ...READER_REFUSALS,
      404: 'The user is not in the catalog, or no message of theirs has this id.',
    },
  },
  readOne: {
    id: 'readNotification',
    method: 'post',
    path: '/notifications/:id/read',
    summary: 'Mark one of my messages as read',
    callers: ['user'],
    permission: 'notifications.update.read',
    pathParams: messageIdPathSchema,
    query: z.strictObject({}),
    success: {
      status: 200,
      description: 'It is read. The body is empty.',
    },
    refusals: MARK_REFUSALS,
  },
  correct: {
    id: 'correctNotification',
    method: 'patch',
    path: '/notifications/:id',
    summary: 'Correct a message that was sent',
    description:
      'For its sender, or somebody with `notifications.administer`. Who has read it has read it; it keeps its place.',
    callers: ['user', 'service'],
    permission: 'notifications.create',
    pathParams: messageIdPathSchema,
    query: z.strictObject({}),
    body: correctNotificationSchema,
    success: {
      status: 200,
      description: 'What it says now.',
      body: notificationContentSchema,
    },
    refusals: {
      400: SEND_REFUSALS[400],
      401: REFUSALS[401],
      403: 'The caller lacks the permission, or did not send it and may not administer.',
      404: 'No message has this id.',
      413: SEND_REFUSALS[413],
    },
  },
  withdraw: {
    id: 'withdrawNotification',
    method: 'delete',
    path: '/notifications/:id',
    summary: 'Withdraw a message',
    description:
      'For its sender, or somebody with `notifications.administer`. It is gone for everybody; one that waits for its `sendAt` is not sent.',
    callers: ['user', 'service'],
    permission: 'notifications.create',
    pathParams: messageIdPathSchema,
    query: z.strictObject({}),
    success: { status: 204, description: 'It is gone.' },
    refusals: {
      400: READER_REFUSALS[400],
      401: REFUSALS[401],
      403: 'The caller lacks the permission, or did not send it and may not administer.',
      404: 'No message has this id.',
    },
  },
  getPreferences: {
    id: 'getPreferences',
    method: 'get',
    path: '/preferences',
    summary: 'What I want to be told of',
    callers: ['user'],
    permission: 'notifications.list',
    query: z.strictObject({}),
    success: {
      status: 200,
      description: 'My rules, the defaults, and what there is to choose from.',
      body: preferencesSchema,
    },
    refusals: READER_REFUSALS,
  },
  updatePreferences: {
    id: 'updatePreferences',
    method: 'put',
    path: '/preferences',
    summary: 'Say what I want to be told of',
    description:
      'Replaces all of my rules. What is muted on the channel `web` is not listed, counted or streamed; it comes back when it is unmuted.',
    callers: ['user'],
    permission: 'notifications.update.read',
    query: z.strictObject({}),
    body: updatePreferencesSchema,
    success: {
      status: 200,
      description: 'My preferences as they are now.',
      body: preferencesSchema,
    },
    refusals: {
      ...READER_REFUSALS,
      400: 'A rule is malformed, names a channel that does not exist, or mutes a mandatory origin; nothing was changed.',
      413: SEND_REFUSALS[413],
    },
  },
  getPreferenceDefaults: {
    id: 'getPreferenceDefaults',
    method: 'get',
    path: '/preferences/defaults',
    summary: 'What holds for who has not said otherwise',
    callers: ['user', 'service'],
    permission: 'notifications.administer',
    query: z.strictObject({}),
    success: {
      status: 200,
      description: 'The defaults.',
      body: preferenceDefaultsSchema,
    },
    refusals: ADMINISTRATION_REFUSALS,
  },
  updatePreferenceDefaults: {
    id: 'updatePreferenceDefaults',
    method: 'put',
    path: '/preferences/defaults',
    summary: 'Set what holds for who has not said otherwise',
    callers: ['user', 'service'],
    permission: 'notifications.administer',
    query: z.strictObject({}),
    body: preferenceDefaultsSchema,
    success: {
      status: 200,
      description: 'The defaults as they are now.',
      body: preferenceDefaultsSchema,
    },
    refusals: {
      ...ADMINISTRATION_REFUSALS,
      400: 'A rule is malformed or names a channel that does not exist; nothing was changed.',
      413: SEND_REFUSALS[413],
    },
  },
  erase: {
    id: 'erasePerson',
    method: 'delete',
    path: '/people',
    summary: "Erase a person's data",
    description:
      'What was sent to them alone, what is remembered of their reading, their preferences; what they sent to others loses their name. Cannot be undone.',
    callers: ['user', 'service'],
    permission: 'notifications.administer',
    query: eraseQuerySchema,
    success: {
      status: 200,
      description: 'What was erased.',
      body: erasedSchema,
    },
    refusals: ADMINISTRATION_REFUSALS,
  },
  listImports: {
    id: 'listImports',
    method: 'get',
    path: '/imports',
    summary: 'How far imports are',
    callers: ['user', 'service'],
    permission: 'notifications.administer',
    query: z.strictObject({}),
    success: {
      status: 200,
      description: 'One report for each plugin that can be imported from.',
      body: z.array(importReportSchema),
    },
    refusals: ADMINISTRATION_REFUSALS,
  },
  startImport: {
    id: 'startImport',
    method: 'post',
    path: '/imports',
    summary: 'Take over the messages of another notifications plugin',
    description:
      'From its tables in the database of this one, which are only read: messages, read and saved states, preferences. It runs in the background; what is there already is left as it is, so that another run takes over only what has come since.',
    callers: ['user', 'service'],
    permission: 'notifications.administer',
    query: z.strictObject({}),
    body: startImportSchema,
    success: {
      status: 200,
      description: 'What would be taken over, or that it has begun.',
      body: importReportSchema,
    },
    refusals: {
      ...ADMINISTRATION_REFUSALS,
      404: 'The database of this plugin has no such tables.',
      413: SEND_REFUSALS[413],
    },
  },
  listDeadWork: {
    id: 'listDeadWork',
    method: 'get',
    path: '/work/dead',
    summary: 'Work that was given up',
    description:
      'Such as mails that could not be sent, the oldest first. It is kept until it is driven again or discarded.',
    callers: ['user', 'service'],
    permission: 'notifications.administer',
    query: listDeadWorkQuerySchema,
    success: {
      status: 200,
      description: 'A page of it.',
      body: z.array(deadWorkSchema),
    },
    refusals: ADMINISTRATION_REFUSALS,
  },
  redriveWork: {
    id: 'redriveWork',
    method: 'post',
    path: '/work/dead/redrive',
    summary: 'Try again what was given up',
    callers: ['user', 'service'],
    permission: 'notifications.administer',
    query: z.strictObject({}),
    body: selectDeadWorkSchema,
    success: {
      status: 200,
      description: 'How much is due again.',
      body: workCountSchema,
    },
    refusals: { ...ADMINISTRATION_REFUSALS, 413: SEND_REFUSALS[413] },
  },
  discardWork: {
    id: 'discardWork',
    method: 'post',
    path: '/work/dead/discard',
    summary: 'Give up for good what was given up',
    callers: ['user', 'service'],
    permission: 'notifications.administer',
    query: z.strictObject({}),
    body: selectDeadWorkSchema,
    success: {
      status: 200,
      description: 'How much was removed.',
      body: workCountSchema,
    },
    refusals: { ...ADMINISTRATION_REFUSALS, 413: SEND_REFUSALS[413] },
  },
} as const satisfies Record<string, Operation>;
