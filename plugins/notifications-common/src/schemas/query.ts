import { z } from 'zod';
import { notificationLimits } from '../limits';
import { storableText } from './text';

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

/** What narrows a list or a count. @public */
export const notificationFilterSchema = z.strictObject({
  containsText: storableText(notificationLimits.searchLength)
    .optional()
    .meta({
      description:
        'Text in the title or the message, in any case. `%` and `_` stand for themselves.',
      examples: ['release'],
    }),
  createdAfter: createdAfter.optional(),
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
});

/** @public */
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

/** @public */
export type NotificationFilter = z.input<typeof notificationFilterSchema>;
/** @public */
export type ListNotificationsQuery = z.input<
  typeof listNotificationsQuerySchema
>;

/** @public */
export const notificationCountSchema = z
  .strictObject({
    count: z
      .int()
      .min(0)
      .meta({ examples: [3] }),
  })
  .meta({ id: 'NotificationCount' });

/** @public */
export type NotificationCount = z.infer<typeof notificationCountSchema>;

/** @public */
export const updateReadQuerySchema = z.strictObject({
  messageId: z
    .array(z.uuid({ error: 'must be the id of a message (a UUID)' }))
    .min(1)
    .max(notificationLimits.messageIdsPerUpdate)
    .meta({
      description:
        'Repeat it to mark several. One unknown id refuses the whole request.',
      examples: [['0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11']],
    }),
  read: z.boolean().meta({ examples: [true] }),
});

/** @public */
export type UpdateReadQuery = z.input<typeof updateReadQuerySchema>;
