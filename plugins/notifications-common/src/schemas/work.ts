import { z } from 'zod';

/** Work of notifications that was given up, for who runs the portal. @public */
export const deadWorkSchema = z
  .strictObject({
    id: z.uuid(),
    kind: z.string(),
    attempts: z.int().min(1).meta({ description: 'How often it was tried.' }),
    lastError: z.string().optional().meta({
      description: 'What the last attempt failed with.',
    }),
    createdAt: z.iso.datetime(),
    diedAt: z.iso.datetime(),
    scheduled: z
      .strictObject({
        messageId: z.uuid(),
        sender: z.string(),
        origin: z.string(),
        topic: z.string().optional(),
        sendAt: z.iso.datetime(),
      })
      .optional()
      .meta({
        description:
          'Which message it was that could not be sent when its moment had come. It is kept until this work is driven again or discarded.',
      }),
  })
  .meta({ id: 'DeadWork', description: 'Work that was given up.' });

/** See `deadWorkSchema`. @public */
export type DeadWork = z.infer<typeof deadWorkSchema>;
