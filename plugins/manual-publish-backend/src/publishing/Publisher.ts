import { LoggerService } from '@backstage/backend-plugin-api';
import { failureOf } from './failureOf';
import { JobId } from './Job';
import { JobRecord } from './JobRecord';
import { JobCancelled, JobLost, JobStore } from './JobStore';
import { PublishRun } from './PublishRun';
import { PublishTools } from './PublishTools';

export type PublisherOptions = PublishTools & {
  jobs: JobStore;
  logger: LoggerService;
  /** How often progress is written down, and whether the job is still wanted is looked up; milliseconds. */
  recordEveryMs?: number;
};

/** Does jobs, from wherever they are to their end. */
export class Publisher {
  readonly #options: PublisherOptions;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /**
   * @param context.isLastAttempt - a failure that nobody has foreseen ends the job then; before, it is thrown, and the job tried again
   * @throws what made the process stop, or a failure that nobody has foreseen
   */
  async publish(
    id: JobId,
    context: { signal: AbortSignal; isLastAttempt: boolean },
  ): Promise<void> {
    const { jobs, logger } = this.#options;
    const claim = await jobs.take(id);
    if (!claim) {
      return;
    }
    const { warningCount, eventCount } = claim.job;
    const record = new JobRecord({
      store: jobs,
      ...claim,
      signal: context.signal,
      everyMs: this.#options.recordEveryMs ?? 1_000,
      warnings:
        warningCount > 0
          ? await jobs.warnings(id, eventCount, warningCount)
          : [],
    });
    let run: PublishRun | undefined;
    try {
      run = new PublishRun(this.#options, record);
      await run.run();
    } catch (error) {
      const reason = record.signal.aborted ? record.signal.reason : error;
      if (reason instanceof JobCancelled) {
        await run?.tidy();
        await record.change({ state: 'CANCELLED' });
        return;
      }
      if (reason instanceof JobLost || context.signal.aborted) {
        throw reason;
      }
      const failure = failureOf(error, record.job.state);
      if (failure.reason === 'INTERNAL') {
        logger.error(`Job ${id} failed`, asError(error));
        if (!context.isLastAttempt) {
          record.log('Something failed in the server: the job is tried again');
          // Where it is the database that failed, this does, too; what it was about is in the log.
          await record.change({}).catch(() => undefined);
          throw error;
        }
      }
      await run?.tidy();
      await record.change({ state: 'FAILED', failure });
    } finally {
      record.close();
    }
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
