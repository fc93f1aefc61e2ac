import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { HumanDuration } from '@backstage/types';
import { WorkQueue } from '@herald/work-queue';
import { DatabaseDispatches } from './database/DatabaseDispatches';
import { Feed } from './feed/Feed';
import { trimFeed } from './feed/trimFeed';
import { DeadWorkDesk } from './messages/DeadWorkDesk';
import { MessageStore } from './messages/MessageStore';
import {
  RetentionStore,
  purgeMessages,
  tellExpired,
} from './messages/Retention';
import { ProcessingWork } from './processing/Dispatch';
import { ProcessorRegistry } from './processing/ProcessorRegistry';
import { passOverMissing } from './processing/passOver';
import { reportOrphans } from './processing/startProcessing';

/** Replicas that are started one after the other have different processors for so long. */
const REPLICAS_DIFFER_MS = 2 * 60_000;

type Chore = {
  every: HumanDuration;
  timeoutMinutes: number;
  fn: (signal: AbortSignal) => Promise<void>;
};

/** What is to be done now and then, by one replica at a time. */
export async function scheduleChores(options: {
  scheduler: SchedulerService;
  logger: LoggerService;
  store: MessageStore;
  retention: RetentionStore;
  feed: Feed;
  dispatches: Pick<DatabaseDispatches, 'purge' | 'replaceLooks'>;
  deadWork: Pick<DeadWorkDesk, 'removeAbandoned'>;
  work: Pick<WorkQueue<ProcessingWork>, 'counts'>;
  registry: ProcessorRegistry;
  retentionMs: number;
  now: () => Date;
}): Promise<void> {
  const { scheduler, logger, store, feed, dispatches, work, registry } =
    options;
  const chores: Record<string, Chore> = {
    'purge-idempotency-keys': {
      every: { minutes: 60 },
      timeoutMinutes: 5,
      fn: async () => {
        await store.purgeIdempotencyKeys();
      },
    },
    'adopt-earlier': {
      every: { minutes: 10 },
      timeoutMinutes: 5,
      fn: () => store.adoptEarlier(),
    },
    'tell-expired': {
      every: { seconds: 15 },
      timeoutMinutes: 5,
      fn: signal => tellExpired(options.retention, signal),
    },
    'purge-messages': {
      every: { minutes: 60 },
      timeoutMinutes: 30,
      fn: signal =>
        purgeMessages(options.retention, {
          olderThan: new Date(options.now().getTime() - options.retentionMs),
          signal,
        }),
    },
    'remove-abandoned': {
      every: { minutes: 60 },
      timeoutMinutes: 5,
      fn: () => options.deadWork.removeAbandoned(),
    },
    'pass-over-missing': {
      every: { minutes: 1 },
      timeoutMinutes: 5,
      fn: () =>
        passOverMissing({
          store: dispatches,
          registry,
          logger,
          waitedMs: REPLICAS_DIFFER_MS,
        }),
    },
    'tend-dispatches': {
      every: { minutes: 60 },
      timeoutMinutes: 5,
      fn: async () => {
        await dispatches.purge();
        await reportOrphans({ work, registry, logger });
      },
    },
    'trim-feed': {
      every: { minutes: 60 },
      timeoutMinutes: 30,
      fn: () => trimFeed(feed, options.now()),
    },
  };
  for (const [id, { every, timeoutMinutes, fn }] of Object.entries(chores)) {
    await scheduler.scheduleTask({
      id,
      frequency: every,
      timeout: { minutes: timeoutMinutes },
      fn,
    });
  }
}
