import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { isFinal } from '@herald/backstage-plugin-manual-publish-common';
import { HeraldNotificationsService } from '@herald/backstage-plugin-notifications-node';
import { PermanentFailure, WorkQueue } from '@herald/work-queue';
import { JobId } from './Job';
import { JobStore } from './JobStore';
import { JobWork } from './JobWork';
import { Publisher } from './Publisher';
import { Republisher } from './Republisher';
import { messageAbout } from './tellUser';

/** Where other plugins find what happened; `type` of the payload says what. */
export const CATALOGUE_TOPIC = 'herald.manual-publish';

type Moment = JobWork['notify']['moment'];

const PUBLISH_ATTEMPTS = 8;

/** Says how the work that jobs leave behind is done. */
export function startWork(options: {
  work: WorkQueue<JobWork>;
  jobs: JobStore;
  publish: Publisher['publish'];
  republisher: Pick<Republisher, 'publish'>;
  notifications: Pick<HeraldNotificationsService, 'send'>;
  events: EventsService;
  logger: LoggerService;
  /** Jobs at a time in this process. */
  concurrency: number;
  /** How long a job is taken for alive without a sign of its process; milliseconds. */
  leaseMs: number;
}): void {
  const { work, jobs, publish, notifications, events, logger } = options;

  work.process(
    'publish',
    async ({ item, signal }) => {
      await publish(item.payload.jobId as JobId, {
        signal,
        isLastAttempt: item.isLastAttempt,
      });
    },
    {
      concurrency: options.concurrency,
      leaseMs: options.leaseMs,
      maxAttempts: PUBLISH_ATTEMPTS,
      timeoutMs: 6 * 60 * 60_000,
      backoff: { firstMs: 1_000, factor: 3, maxMs: 60_000 },
    },
  );

  work.process(
    'notify',
    async ({ item }) => {
      const id = item.payload.jobId as JobId;
      const tell = async (moment: Moment, idempotencyKey: string) => {
        const job = await jobs.find(id);
        const message = job && messageAbout(job, moment);
        if (!message) return;
        await notifications.send(message, { idempotencyKey }).catch(error => {
          throw isRefused(error) ? new PermanentFailure(String(error)) : error;
        });
      };
      const { moment } = item.payload;
      await tell(moment, item.id);
      if (moment === 'processing') {
        // The job may have ended while this was on its way, and its end been told before: what stands there has to be the end.
        const job = await jobs.find(id);
        if (job && isFinal(job.state)) await tell('ended', `${item.id}:ended`);
      }
    },
    { maxAttempts: 6 },
  );

  work.process('announce', async ({ item }) => {
    await events.publish({
      topic: CATALOGUE_TOPIC,
      eventPayload: item.payload,
      metadata: { id: item.id },
    });
  });

  work.process('republish', async ({ item }) => {
    await options.republisher.publish(item.payload.solution);
    logger.info(
      `${item.payload.solution} is published again, as its pages changed`,
    );
  });
}

/** The portal has no notifications plugin, or it does not want this: trying again would not help. */
function isRefused(error: unknown): boolean {
  const status = (error as { statusCode?: unknown }).statusCode;
  return (
    typeof status === 'number' &&
    status >= 400 &&
    status < 500 &&
    status !== 429
  );
}
