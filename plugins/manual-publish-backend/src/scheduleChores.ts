import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { WorkQueue } from '@herald/work-queue';
import { JobStore } from './publishing/JobStore';
import { JobWork } from './publishing/JobWork';
import { WebhookEvents } from './webhook/WebhookEvents';

const DAY_MS = 24 * 60 * 60_000;
const WEBHOOK_EVENTS_KEPT_MS = 7 * DAY_MS;
const MEDIA_KEPT_MS = 90 * DAY_MS;
const MEDIA_FILES_KEPT_MS = DAY_MS;
const DEAD_WORK_KEPT_MS = 30 * DAY_MS;
const AT_ONCE = 100;
/** What nobody can be told any more, and nothing waits for. */
const FORGOTTEN_WHEN_DEAD = ['notify', 'announce', 'republish'] as const;

/** What is to be done now and then: by one replica at a time, and what concerns its own disk by each. */
export async function scheduleChores(options: {
  scheduler: SchedulerService;
  logger: LoggerService;
  jobs: Pick<JobStore, 'abandoned' | 'fail' | 'purge'>;
  work: Pick<WorkQueue<JobWork>, 'deadItems' | 'discard'>;
  webhookEvents: Pick<WebhookEvents, 'purge'>;
  memory: { purge(unusedSince: Date): Promise<unknown> };
  media: { dropUnusedSince(moment: Date): Promise<void> };
  /** Undefined where this process does not publish. */
  publishing:
    | {
        sweepMedia(before: Date): Promise<void>;
        sweepWorktrees(): Promise<void>;
      }
    | undefined;
  /** Forgets what was stored of solutions that are not configured any more. */
  forgetFormerSolutions: (before: Date) => Promise<void>;
  jobRetentionMs: number;
  memoryRetentionMs: number;
  now: () => Date;
}): Promise<void> {
  const { scheduler, now } = options;
  const before = (ms: number) => new Date(now().getTime() - ms);
  await scheduler.scheduleTask({
    id: 'end-abandoned-jobs',
    frequency: { minutes: 1 },
    timeout: { minutes: 1 },
    fn: async () => {
      await endAbandonedJobs(options);
    },
  });
  await scheduler.scheduleTask({
    id: 'purge',
    frequency: { hours: 1 },
    timeout: { minutes: 30 },
    fn: async signal => {
      let removed = AT_ONCE;
      while (removed === AT_ONCE && !signal.aborted) {
        removed = await options.jobs.purge(
          before(options.jobRetentionMs),
          AT_ONCE,
        );
      }
      await forgetDeadWork({
        work: options.work,
        diedBefore: before(DEAD_WORK_KEPT_MS),
      });
      await options.webhookEvents.purge(before(WEBHOOK_EVENTS_KEPT_MS));
      await options.memory.purge(before(options.memoryRetentionMs));
      await options.media.dropUnusedSince(before(MEDIA_KEPT_MS));
      await options.forgetFormerSolutions(before(options.jobRetentionMs));
    },
  });
  const { publishing } = options;
  if (!publishing) return;
  await scheduler.scheduleTask({
    id: 'sweep-media',
    scope: 'local',
    frequency: { hours: 1 },
    timeout: { minutes: 30 },
    fn: () => publishing.sweepMedia(before(MEDIA_FILES_KEPT_MS)),
  });
  // Jobs that another replica took over, or that were given up, end without this one.
  await scheduler.scheduleTask({
    id: 'sweep-worktrees',
    scope: 'local',
    frequency: { hours: 1 },
    timeout: { minutes: 30 },
    fn: () => publishing.sweepWorktrees(),
  });
}

/** The oldest of it, a hundred of a kind at a time. */
export async function forgetDeadWork(options: {
  work: Pick<WorkQueue<JobWork>, 'deadItems' | 'discard'>;
  diedBefore: Date;
}): Promise<void> {
  for (const kind of FORGOTTEN_WHEN_DEAD) {
    const dead = await options.work.deadItems({ kind });
    const old = dead.filter(({ diedAt }) => diedAt < options.diedBefore);
    if (old.length > 0) {
      await options.work.discard({ ids: old.map(({ id }) => id) });
    }
  }
}

/**
 * A job whose process died too often has dead work and would keep its solution for ever.
 *
 * @returns how many were ended
 */
export async function endAbandonedJobs(options: {
  jobs: Pick<JobStore, 'abandoned' | 'fail'>;
  work: Pick<WorkQueue<JobWork>, 'deadItems' | 'discard'>;
  logger: LoggerService;
}): Promise<number> {
  const { jobs, work, logger } = options;
  const abandoned = await jobs.abandoned();
  for (const id of abandoned) {
    logger.error(`Job ${id} was given up: its process ended again and again`);
    await jobs.fail(id, {
      reason: 'INTERNAL',
      detail:
        'The process that did the job ended again and again; the log of the server says why',
    });
  }
  const dead = await work.deadItems({ kind: 'publish' });
  if (dead.length > 0) {
    await work.discard({ ids: dead.map(({ id }) => id) });
  }
  return abandoned.length;
}
