import { z } from 'zod';

const cursor = z
  .string()
  .max(500)
  .meta({ description: 'The `id` of the last event that was seen.' });

/** @public */
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

/** @public */
export const streamNotificationsHeadersSchema = z.object({
  'last-event-id': cursor.optional(),
});
