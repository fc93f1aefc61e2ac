import { z } from 'zod';
import { notificationContentSchema, notificationSchema } from './message';

const cursor = z
  .string()
  .max(500)
  .meta({ description: 'The `id` of the last event that was seen.' });

/** With what a stream begins, and after which event. @public */
export const streamNotificationsQuerySchema = z.strictObject({
  include_read: z
    .boolean()
    .default(false)
    .meta({
      description: 'Whether to begin with the messages that are read, too.',
      examples: [false],
    }),
  after: cursor.optional(),
});

/** After which event a stream goes on, as browsers say it. @public */
export const streamNotificationsHeadersSchema = z.object({
  'last-event-id': cursor.optional(),
});

const messageIds = z.array(z.uuid());
const nothing = z.object({});

/** What the `data` of each event of the stream holds, as JSON; `ping` is not JSON. @public */
export const streamEventSchemas = {
  message: notificationSchema,
  correction: notificationContentSchema,
  withdrawal: z.object({ messageIds }),
  read: z.object({ messageIds, read: z.boolean() }),
  archived: z.object({ messageIds, archived: z.boolean() }),
  saved: z.object({ messageIds, saved: z.boolean() }),
  // `everyone`: so are all other clients told, so do not ask all at once.
  refresh: z.object({ everyone: z.boolean().optional() }),
  reset: nothing,
  // `older`: there are older messages than those that were told; lists have them.
  ready: z.object({ older: z.boolean().optional() }),
} as const satisfies Record<string, z.ZodType>;

/** An event of the stream, as a client reads it. @public */
export type NotificationStreamEvent = {
  [Type in keyof typeof streamEventSchemas]: {
    type: Type;
    data: z.infer<(typeof streamEventSchemas)[Type]>;
  };
}[keyof typeof streamEventSchemas];
