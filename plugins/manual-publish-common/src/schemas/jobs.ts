import { z } from 'zod';
import { failureReasons, jobStates } from '../states';
import { momentSchema } from './text';

/** A state of a job, by its name. @public */
export const jobStateSchema = z.enum(jobStates);

/** What is not as it should be in what was published, and where; the job went on. @public */
export const jobWarningSchema = z
  .object({
    code: z
      .string()
      .meta({ description: 'What kind of warning, for programs.' }),
    message: z.string(),
    page_id: z.string().optional(),
    page_title: z.string().optional(),
    language: z.string().optional(),
    url: z
      .string()
      .optional()
      .meta({ description: 'The block in Notion that it is about.' }),
  })
  .meta({ id: 'JobWarning' });

/** See `jobWarningSchema`. @public */
export type JobWarning = z.infer<typeof jobWarningSchema>;

const countSchema = z.object({
  done: z.int().min(0),
  total: z.int().min(0),
});

/** How far a job is: pages exported, and segments translated for each language. @public */
export const jobProgressSchema = z
  .object({
    pages: countSchema.meta({ description: 'Pages that are exported.' }),
    languages: z
      .array(
        countSchema.extend({
          language: z.string(),
          untranslated: z
            .int()
            .min(0)
            .meta({ description: 'Segments left in the source language.' }),
        }),
      )
      .meta({
        description: 'Segments that are translated, for each language.',
      }),
    current: z
      .string()
      .optional()
      .meta({ description: 'What it is at, in a few words.' }),
  })
  .meta({ id: 'JobProgress' });

/** See `jobProgressSchema`. @public */
export type JobProgress = z.infer<typeof jobProgressSchema>;

/** What a job has used: calls, tokens as the translator counts them, and segments that cost nothing. @public */
export const jobCostSchema = z
  .object({
    notion_calls: z.int().min(0),
    translator_calls: z.int().min(0),
    input_tokens: z.int().min(0),
    cached_input_tokens: z
      .int()
      .min(0)
      .meta({ description: 'Of the input tokens.' }),
    output_tokens: z.int().min(0),
    remembered_segments: z.int().min(0).meta({
      description: 'Segments that were in the translation memory.',
    }),
  })
  .meta({ id: 'JobCost' });

/** See `jobCostSchema`. @public */
export type JobCost = z.infer<typeof jobCostSchema>;

/** What a dry run says of a publication; tokens are estimated, the cost is in US dollars. @public */
export const jobEstimateSchema = z
  .object({
    pages: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        change: z.enum(['added', 'changed', 'moved', 'removed']),
      }),
    ),
    languages: z.array(
      z.object({
        language: z.string(),
        segments: z.int().min(0),
        remembered: z.int().min(0),
      }),
    ),
    input_tokens: z.int().min(0),
    output_tokens: z.int().min(0),
    cost_usd: z.number().min(0).optional().meta({
      description: 'Where the configuration says what tokens cost.',
    }),
  })
  .meta({
    id: 'JobEstimate',
    description: 'What a dry run found: what would change and be translated.',
  });

/** See `jobEstimateSchema`. @public */
export type JobEstimate = z.infer<typeof jobEstimateSchema>;

/**
 * A publication: what was asked for, what became of it, and what the caller may do with it. Times are ISO 8601, in UTC.
 *
 * @public
 */
export const jobSchema = z
  .object({
    id: z.string(),
    status: jobStateSchema,
    solution: z.string(),
    notion_page_id: z.string(),
    title: z.string().meta({ description: 'Of the page, as far as known.' }),
    target_languages: z.array(z.string()),
    dry_run: z.boolean(),
    force: z.boolean(),
    update_slugs: z.boolean(),
    requested_by: z
      .string()
      .meta({ description: 'A user or a plugin, by its reference.' }),
    created_at: momentSchema,
    updated_at: momentSchema,
    started_at: momentSchema.nullable(),
    ended_at: momentSchema.nullable(),
    steps: z
      .array(
        z.object({
          status: jobStateSchema,
          at: momentSchema,
          ms: z.int().min(0).nullable().meta({
            description: 'How long it took; null while it is under way.',
          }),
        }),
      )
      .meta({ description: 'The states that it went through, in order.' }),
    progress: jobProgressSchema,
    cost: jobCostSchema,
    estimate: jobEstimateSchema.nullable(),
    warnings: z
      .array(jobWarningSchema)
      .meta({ description: 'At most 500; `warning_count` counts all.' }),
    warning_count: z.int().min(0),
    commits: z.array(
      z.object({
        sha: z.string(),
        message: z.string(),
        kind: z.enum(['export', 'translation']),
        url: z
          .string()
          .optional()
          .meta({ description: 'Where the commit can be looked at.' }),
      }),
    ),
    unchanged: z.boolean().meta({
      description: 'It ended without a commit: there was nothing to publish.',
    }),
    failure: z
      .object({
        reason: z.enum(failureReasons),
        detail: z.string(),
        page_id: z.string().optional(),
        place: z
          .string()
          .optional()
          .meta({ description: 'File, line and column, where known.' }),
      })
      .nullable(),
    retry_of: z.string().nullable(),
    may: z
      .object({ cancel: z.boolean(), retry: z.boolean() })
      .meta({ description: 'What the caller may do with it now.' }),
  })
  .meta({ id: 'Job' });

/** See `jobSchema`. @public */
export type Job = z.infer<typeof jobSchema>;

/** A job as lists have it: without steps, warnings and estimate. @public */
export const jobSummarySchema = jobSchema
  .omit({ steps: true, warnings: true, estimate: true })
  .meta({ id: 'JobSummary' });

/** See `jobSummarySchema`. @public */
export type JobSummary = z.infer<typeof jobSummarySchema>;

/** A page of jobs, the newest first; `next_cursor` asks for the next one, and is null on the last. @public */
export const jobListSchema = z.object({
  jobs: z.array(jobSummarySchema),
  next_cursor: z.string().nullable(),
});

/** See `jobListSchema`. @public */
export type JobList = z.infer<typeof jobListSchema>;

/** Which jobs are asked for: at most 100 at once, 20 unless told. @public */
export const listJobsQuerySchema = z.strictObject({
  status: z.array(jobStateSchema).max(jobStates.length).optional().meta({
    description: 'Only jobs in one of these states; may be repeated.',
  }),
  solution: z.string().max(64).optional(),
  requested_by: z.string().max(300).optional(),
  limit: z.int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
});

/** See `listJobsQuerySchema`. @public */
export type ListJobsQuery = z.input<typeof listJobsQuerySchema>;

/** Which job, in a path. @public */
export const jobIdPathSchema = z.object({ job_id: z.uuid() });

/**
 * The events of `/watch`. `job` is the whole job, at first and whenever its state changes; the others are what happened since.
 *
 * @public
 */
export const jobEventSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('job'), job: jobSchema }),
    z.object({
      type: z.literal('progress'),
      progress: jobProgressSchema,
      cost: jobCostSchema,
    }),
    z.object({ type: z.literal('warning'), warning: jobWarningSchema }),
    z.object({
      type: z.literal('log'),
      at: momentSchema,
      message: z.string(),
    }),
  ])
  .meta({ id: 'JobEvent' });

/** See `jobEventSchema`. @public */
export type JobEvent = z.infer<typeof jobEventSchema>;

/** Lines of the log of a job, the oldest first. `id` is that of the event of `/watch` that tells the line. @public */
export const jobLogSchema = z.object({
  lines: z.array(
    z.object({ id: z.int(), at: momentSchema, message: z.string() }),
  ),
});

/** See `jobLogSchema`. @public */
export type JobLog = z.infer<typeof jobLogSchema>;

/** Which lines are asked for: those after the event `after`, at most 1,000 at once. @public */
export const jobLogQuerySchema = z.strictObject({
  after: z
    .int()
    .min(0)
    .default(0)
    .meta({ description: 'The id of the last line, or event, that is known.' }),
  limit: z.int().min(1).max(1000).default(500),
});

/** See `jobLogQuerySchema`. @public */
export type JobLogQuery = z.input<typeof jobLogQuerySchema>;

/** From which event on a job is watched. @public */
export const watchHeadersSchema = z.object({
  'last-event-id': z
    .string()
    .regex(/^\d{1,15}$/, 'must be the id of an event of this job')
    .optional(),
});
