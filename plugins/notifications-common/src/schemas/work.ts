import { visibleText } from '@herald/api-contract';
import { z } from 'zod';

const kind = visibleText(64).meta({
  description: 'What is to be done, such as `process:Email`.',
  examples: ['process:Email'],
});
const id = z.uuid({ error: 'must be the id of work (a UUID)' });

/** @public */
export const listDeadWorkQuerySchema = z.strictObject({
  kind: kind.optional(),
  after: id.optional().meta({ description: 'The last id of the page before.' }),
  limit: z
    .int()
    .min(1)
    .max(1_000)
    .default(100)
    .meta({ examples: [100] }),
});

/** @public */
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

/** @public */
export type DeadWork = z.infer<typeof deadWorkSchema>;

/** @public */
export const selectDeadWorkSchema = z
  .union(
    [
      z.strictObject({ ids: z.array(id).min(1).max(1_000) }),
      z.strictObject({ kind }),
    ],
    { error: 'must name either ids or a kind' },
  )
  .meta({ id: 'SelectDeadWork' });

/** @public */
export type SelectDeadWork = z.infer<typeof selectDeadWorkSchema>;

/** @public */
export const workCountSchema = z
  .strictObject({
    count: z
      .int()
      .min(0)
      .meta({ examples: [12] }),
  })
  .meta({ id: 'WorkCount' });
