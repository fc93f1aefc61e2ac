import { z } from 'zod';
import { momentSchema } from './text';

/** Work of manual publishing that was given up, for who runs the portal. @public */
export const deadWorkSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(['publish', 'notify', 'announce', 'republish']).meta({
      description:
        'To do a job, to tell its user, to tell other plugins, to publish a solution whose pages have changed.',
    }),
    attempts: z.int().min(1).meta({ description: 'How often it was tried.' }),
    last_error: z
      .string()
      .nullable()
      .meta({ description: 'What the last attempt failed with.' }),
    created_at: momentSchema,
    died_at: momentSchema,
    job_id: z
      .string()
      .nullable()
      .meta({ description: 'The job that it is about.' }),
    solution: z.string().nullable().meta({
      description: 'The solution that it is about, where that is known.',
    }),
  })
  .meta({ id: 'DeadManualWork', description: 'Work that was given up.' });

/** See `deadWorkSchema`. @public */
export type DeadManualWork = z.infer<typeof deadWorkSchema>;
