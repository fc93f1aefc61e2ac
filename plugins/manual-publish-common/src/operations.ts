import {
  CALLER_REFUSALS,
  deadWorkOperations,
  type Operation,
} from '@herald/api-contract';
import { z } from 'zod';
import {
  jobIdPathSchema,
  jobListSchema,
  jobLogQuerySchema,
  jobLogSchema,
  jobSchema,
  listJobsQuerySchema,
  watchHeadersSchema,
} from './schemas/jobs';
import { momentSchema } from './schemas/text';
import { deadWorkSchema } from './schemas/work';
import {
  manualsQuerySchema,
  manualsSchema,
  publishSchema,
  publishedSchema,
  sidebarSchema,
} from './schemas/manuals';

const QUERY_REFUSAL =
  'A parameter is unknown or malformed; the message names it.';
const UNKNOWN_JOB = 'There is no job with this id.';

const notionVerificationSchema = z.object({
  verification_token: z.string(),
  received_at: momentSchema,
});

/** The calls of `/api/manual-publish`, by their ids. @public */
export const manualPublishOperations = {
  sidebar: {
    id: 'getSidebar',
    method: 'get',
    path: '/sidebar',
    summary: 'The solutions that can be published',
    callers: ['user', 'service'],
    permission: 'manual-publish.read',
    success: {
      status: 200,
      description: 'As the configuration has them.',
      body: sidebarSchema,
    },
    refusals: CALLER_REFUSALS,
  },
  manuals: {
    id: 'listManuals',
    method: 'get',
    path: '/manuals',
    summary: 'The pages of a solution, or of all',
    callers: ['user', 'service'],
    permission: 'manual-publish.read',
    query: manualsQuerySchema,
    success: {
      status: 200,
      description:
        'The tree as it was last read; it is read again when it is older than `manualPublish.treeMaxAge`, for which nobody waits longer than some seconds.',
      body: manualsSchema,
    },
    refusals: {
      ...CALLER_REFUSALS,
      400: QUERY_REFUSAL,
      404: 'There is no solution of this name.',
      503: 'Notion is not configured, or cannot be reached and nothing is stored; the message says which.',
    },
  },
  publish: {
    id: 'publish',
    method: 'post',
    path: '/publish',
    summary: 'Publish a page and all below it',
    callers: ['user', 'service'],
    permission: 'manual-publish.publish',
    body: publishSchema,
    success: {
      status: 202,
      description: 'A job does it. `/watch/{job_id}` tells how it goes.',
      body: publishedSchema,
    },
    refusals: {
      ...CALLER_REFUSALS,
      400: 'A field is missing, unknown or malformed; a language is unknown, given twice or the source language; the page is not of the solution.',
      404: 'There is no solution of this name, or Notion has no such page.',
      413: 'The body is larger than 64 KiB.',
      503: 'A key is missing in the configuration, or Notion cannot be asked for the page; the message says which.',
    },
  },
  watch: {
    id: 'watchJob',
    method: 'get',
    path: '/watch/:job_id',
    summary: 'Follow a job',
    description:
      'Server-sent events: the job as it is, then what happens. It ends when the job has ended. A client that comes back with `Last-Event-ID` gets what it missed.',
    callers: ['user', 'service'],
    permission: 'manual-publish.read',
    pathParams: jobIdPathSchema,
    headers: watchHeadersSchema,
    success: {
      status: 200,
      description: 'Events `job`, `progress`, `warning`, `log` and `ping`.',
      contentType: 'text/event-stream',
    },
    refusals: { ...CALLER_REFUSALS, 400: QUERY_REFUSAL, 404: UNKNOWN_JOB },
  },
  job: {
    id: 'getJob',
    method: 'get',
    path: '/jobs/:job_id',
    summary: 'One job',
    callers: ['user', 'service'],
    permission: 'manual-publish.read',
    pathParams: jobIdPathSchema,
    success: { status: 200, description: 'The job.', body: jobSchema },
    refusals: { ...CALLER_REFUSALS, 400: QUERY_REFUSAL, 404: UNKNOWN_JOB },
  },
  jobLog: {
    id: 'getJobLog',
    method: 'get',
    path: '/jobs/:job_id/log',
    summary: 'What was told of a job',
    description:
      'For where streams do not come through: the lines that `/watch` tells as events `log`.',
    callers: ['user', 'service'],
    permission: 'manual-publish.read',
    pathParams: jobIdPathSchema,
    query: jobLogQuerySchema,
    success: {
      status: 200,
      description: 'The lines, the oldest first; none where there are no more.',
      body: jobLogSchema,
    },
    refusals: { ...CALLER_REFUSALS, 400: QUERY_REFUSAL, 404: UNKNOWN_JOB },
  },
  jobs: {
    id: 'listJobs',
    method: 'get',
    path: '/jobs',
    summary: 'Jobs, the newest first',
    callers: ['user', 'service'],
    permission: 'manual-publish.read',
    query: listJobsQuerySchema,
    success: {
      status: 200,
      description: 'A page of them.',
      body: jobListSchema,
    },
    refusals: {
      ...CALLER_REFUSALS,
      400: QUERY_REFUSAL,
      404: 'There is no solution of this name.',
    },
  },
  cancel: {
    id: 'cancelJob',
    method: 'post',
    path: '/jobs/:job_id/cancel',
    summary: 'Cancel a job that has not ended',
    description:
      'What was pushed stays. For who asked for the job, and for holders of `manual-publish.cancel`.',
    callers: ['user', 'service'],
    permission: 'manual-publish.publish or manual-publish.cancel',
    pathParams: jobIdPathSchema,
    success: {
      status: 200,
      description: 'The job, which has ended or is about to.',
      body: jobSchema,
    },
    refusals: {
      ...CALLER_REFUSALS,
      400: QUERY_REFUSAL,
      404: UNKNOWN_JOB,
      409: 'The job has ended already.',
    },
  },
  retry: {
    id: 'retryJob',
    method: 'post',
    path: '/jobs/:job_id/retry',
    summary: 'Do again what a failed or cancelled job was to do',
    description:
      'It publishes, so it takes `manual-publish.publish` for the solution of the job; the job of another takes `manual-publish.cancel`, too.',
    callers: ['user', 'service'],
    permission: 'manual-publish.publish',
    pathParams: jobIdPathSchema,
    success: {
      status: 202,
      description: 'A new job does it.',
      body: publishedSchema,
    },
    refusals: {
      ...CALLER_REFUSALS,
      400: QUERY_REFUSAL,
      404: UNKNOWN_JOB,
      409: 'The job has neither failed nor was it cancelled.',
      503: 'A key is missing in the configuration; the message names it.',
    },
  },
  notionWebhook: {
    id: 'receiveNotionWebhook',
    method: 'post',
    path: '/webhook/notion',
    summary: "Notion's webhook",
    description:
      'Marks pages as changed, and publishes them where the configuration says so. The first request carries the verification token, which an operator puts into the configuration.',
    callers: ['signature'],
    permission: 'a valid signature',
    headers: z.object({ 'x-notion-signature': z.string().optional() }),
    body: z.looseObject({}),
    success: { status: 204, description: 'It was taken.' },
    refusals: {
      400: 'The body is no event of Notion.',
      401: 'The signature is missing or wrong.',
      413: 'The body is too large.',
      503: 'No verification token is configured, or Notion cannot be asked whose page it is; it is to be sent again.',
    },
  },
  notionVerification: {
    id: 'getNotionVerification',
    method: 'get',
    path: '/webhook/notion/verification',
    summary: 'The token that Notion sent to verify a new webhook',
    description:
      'It goes into Notion, and into `manualPublish.notion.webhookVerificationToken`. It is kept for an hour in the process that received it, and not stored.',
    callers: ['user', 'service'],
    permission: 'manual-publish.administer',
    success: {
      status: 200,
      description:
        'The first one of the last hour: a later one does not replace it.',
      body: notionVerificationSchema,
    },
    refusals: {
      ...CALLER_REFUSALS,
      404: 'None came within the last hour, or a token is configured already.',
    },
  },
  ...deadWorkOperations({
    ids: {
      list: 'listDeadManualWork',
      redrive: 'redriveManualWork',
      discard: 'discardManualWork',
    },
    permission: 'manual-publish.administer',
    description:
      'Such as notifications that could not be sent, the oldest first. It is kept for a month, until it is driven again or discarded; that of a job for the minute until the job is ended.',
    item: deadWorkSchema,
    refusals: { ...CALLER_REFUSALS, 400: QUERY_REFUSAL },
    tooLarge: 'The body is larger than 64 KiB.',
  }),
} as const satisfies Record<string, Operation>;
