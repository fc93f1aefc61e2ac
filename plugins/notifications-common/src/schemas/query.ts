import { storableText } from '@herald/api-contract';
import { z } from 'zod';
import { notificationLimits } from '../limits';
import { originSchema, severitySchema, topicSchema } from './message';
import { momentSchema } from './moment';

const createdAfter = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error:
      'must be a date or a date and time in ISO 8601, such as 2026-11-22T08:00:00Z',
  })
  .meta({
    description:
      'Only messages sent later than this moment; the moment itself is left out.',
    examples: ['2026-11-22T08:00:00Z'],
  });

const messageId = z
  .uuid({ error: 'must be the id of a message (a UUID)' })
  .meta({ examples: ['0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11'] });

/** What narrows a list whatever its dialect. */
const commonFilter = {
  containsText: storableText(notificationLimits.searchLength)
    .optional()
    .meta({
      description:
        'Text in the title or the message, in any case. `%` and `_` stand for themselves.',
      examples: ['release'],
    }),
  createdAfter: createdAfter.optional(),
  origin: z
    .array(originSchema)
    .min(1)
    .max(notificationLimits.filterValues)
    .optional()
    .meta({
      description: 'Only messages of these origins; repeat it.',
      examples: [['my-origin']],
    }),
  topic: z
    .array(topicSchema)
    .min(1)
    .max(notificationLimits.filterValues)
    .optional()
    .meta({
      description: 'Only messages of these topics; repeat it.',
      examples: [['my topic']],
    }),
  severity: z
    .array(severitySchema)
    .min(1)
    .max(4)
    .optional()
    .meta({
      description: 'Only messages of these severities; repeat it.',
      examples: [['critical']],
    }),
};

/** What narrows a list or a count. @public */
export const notificationFilterSchema = z.strictObject({
  ...commonFilter,
  messageScope: z
    .enum(['all', 'user', 'system'])
    .default('user')
    .meta({
      description:
        '`user`: sent to the user or one of their groups. `system`: sent to everybody.',
      examples: ['user'],
    }),
  read: z
    .boolean()
    .optional()
    .meta({
      description: 'Only messages that the user has read, or has not read.',
      examples: [false],
    }),
  archived: z
    .boolean()
    .optional()
    .meta({
      description:
        'Only messages that the user has put away, or has not. Left out: those that are not put away, or, with `saved=true`, both.',
      examples: [false],
    }),
  saved: z
    .boolean()
    .optional()
    .meta({
      description: 'Only messages that the user keeps, or does not keep.',
      examples: [true],
    }),
});

/** Which messages are counted, and whether each origin is, too. @public */
export const countNotificationsQuerySchema = notificationFilterSchema.extend({
  groupBy: z
    .enum(['origin'])
    .optional()
    .meta({
      description: 'Whether to count each origin, too, the largest first.',
      examples: ['origin'],
    }),
});

/** How the ZMP manual backend's clients list: all scopes, newest first. @public */
export const recentNotificationsQuerySchema = z.strictObject({
  ...commonFilter,
  limit: z
    .int()
    .min(1)
    .max(notificationLimits.recentLimit)
    .default(20)
    .meta({
      description:
        'The newest ones of all scopes, this many. Does not go with pageSize, pageNumber, read or messageScope.',
      examples: [20],
    }),
  include_read: z
    .boolean()
    .default(false)
    .meta({
      description:
        'Whether the newest ones of all scopes are to hold those that are read. Does not go with pageSize, pageNumber, read or messageScope.',
      examples: [false],
    }),
});

/** See `recentNotificationsQuerySchema`. @public */
export type RecentNotificationsQuery = z.input<
  typeof recentNotificationsQuerySchema
>;

/** Whether the newest message may be one that is read. @public */
export const latestNotificationQuerySchema = z.strictObject({
  include_read: z
    .boolean()
    .default(false)
    .meta({
      description: 'Whether it may be one that is read.',
      examples: [false],
    }),
});

/** Which messages are listed, in which order, and which page of them: by its number, or by where the one before ended. @public */
export const listNotificationsQuerySchema = notificationFilterSchema
  .extend({
    pageSize: z
      .int()
      .min(0)
      .max(notificationLimits.pageSize)
      .default(20)
      .meta({
        description: `Rows a page. 0 together with pageNumber 0: no paging, up to ${notificationLimits.pageSize} rows.`,
        examples: [20],
      }),
    pageNumber: z
      .int()
      .min(0)
      .max(1_000_000)
      .default(1)
      .meta({
        description: 'Counted from 1.',
        examples: [1],
      }),
    orderBy: z
      .enum(['title', 'message', 'created', 'topic', 'origin'])
      .default('created')
      .meta({ examples: ['created'] }),
    orderByDirec: z
      .enum(['asc', 'desc'])
      .default('desc')
      .meta({ examples: ['desc'] }),
    total: z
      .boolean()
      .default(false)
      .meta({
        description: 'Whether to count all that match, into `X-Total-Count`.',
        examples: [false],
      }),
    cursor: z.string().min(1).max(500).optional().meta({
      description:
        'Where the page before ended, taken from its `Link: rel="next"`. Only in `created` order, and with the filters of that page.',
    }),
  })
  .refine(query => (query.pageSize === 0) === (query.pageNumber === 0), {
    path: ['pageNumber'],
    error:
      'pageSize and pageNumber are either both 0 (no paging) or both greater than 0',
  })
  .refine(query => query.cursor === undefined || query.orderBy === 'created', {
    path: ['cursor'],
    error: 'a cursor goes with orderBy=created only',
  })
  .refine(query => query.cursor === undefined || query.pageNumber === 1, {
    path: ['cursor'],
    error: 'a cursor and a pageNumber exclude each other',
  });

/** See `notificationFilterSchema`. @public */
export type NotificationFilter = z.input<typeof notificationFilterSchema>;
/** See `listNotificationsQuerySchema`. @public */
export type ListNotificationsQuery = z.input<
  typeof listNotificationsQuerySchema
>;

/** See `countNotificationsQuerySchema`. @public */
export type CountNotificationsQuery = z.input<
  typeof countNotificationsQuerySchema
>;

/** How many messages match. @public */
export const notificationCountSchema = z
  .strictObject({
    count: z
      .int()
      .min(0)
      .meta({ examples: [3] }),
    origins: z
      .array(
        z.strictObject({
          origin: z.string().meta({ examples: ['my-origin'] }),
          count: z
            .int()
            .min(1)
            .meta({ examples: [3] }),
        }),
      )
      .optional()
      .meta({
        description: `Only with \`groupBy=origin\`: the largest ${notificationLimits.countedOrigins}, largest first.`,
      }),
  })
  .meta({ id: 'NotificationCount' });

/** See `notificationCountSchema`. @public */
export type NotificationCount = z.infer<typeof notificationCountSchema>;

const messageIds = z
  .array(messageId)
  .min(1)
  .max(notificationLimits.messageIdsPerUpdate)
  .meta({
    description:
      'Repeat it to mark several. One unknown id refuses the whole request.',
    examples: [['0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11']],
  });

/** Which messages become read, or unread. @public */
export const updateReadQuerySchema = z.strictObject({
  messageId: messageIds,
  read: z.boolean().meta({
    description: 'A message that becomes unread leaves the archive.',
    examples: [true],
  }),
});

/** See `updateReadQuerySchema`. @public */
export type UpdateReadQuery = z.input<typeof updateReadQuerySchema>;

/** Which messages are put away, or taken out again. @public */
export const updateArchivedQuerySchema = z.strictObject({
  messageId: messageIds,
  archived: z.boolean().meta({
    description: 'A message that is put away becomes read.',
    examples: [true],
  }),
});

/** See `updateArchivedQuerySchema`. @public */
export type UpdateArchivedQuery = z.input<typeof updateArchivedQuerySchema>;

/** Which messages the user keeps, or no longer does. @public */
export const updateSavedQuerySchema = z.strictObject({
  messageId: messageIds,
  saved: z.boolean().meta({ examples: [true] }),
});

/** See `updateSavedQuerySchema`. @public */
export type UpdateSavedQuery = z.input<typeof updateSavedQuerySchema>;

/** Which messages become read, without naming them one by one. @public */
export const markAllReadQuerySchema = notificationFilterSchema
  .omit({ read: true, archived: true })
  .extend({
    upTo: messageId.optional().meta({
      description:
        'The newest message that the user has seen: what stands after it in the list, which goes by `updated` or else `created`, stays unread. Left out: all there are.',
    }),
    upToDate: momentSchema.optional().meta({
      description:
        'Only with `upTo`: its `updated`, or else its `created`, as the user has seen it. Where it has been sent again since, it stays unread, and so does what came in between.',
      examples: ['2026-11-22T08:00:00.000Z'],
    }),
  })
  .refine(query => query.upToDate === undefined || query.upTo !== undefined, {
    path: ['upToDate'],
    error: 'goes with upTo only',
  });

/** See `markAllReadQuerySchema`. @public */
export type MarkAllReadQuery = z.input<typeof markAllReadQuerySchema>;

/** Which message, in a path. @public */
export const messageIdPathSchema = z.strictObject({ id: messageId });
