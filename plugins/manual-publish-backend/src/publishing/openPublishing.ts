import { LoggerService } from '@backstage/backend-plugin-api';
import { SiteRepository } from '../git/SiteRepository';
import { OwnDirectory } from '../workDir/OwnDirectory';
import { WorkPlace } from '../workDir/WorkPlace';
import { JobId } from './Job';
import { JobStore } from './JobStore';
import { Publisher, PublisherOptions } from './Publisher';
import { Site } from './Site';

/** What publishing needs of the directory of its process. */
export type Workshop = {
  readonly repository: SiteRepository;
  readonly site: Site;
  readonly media: {
    sweep(before: Date): Promise<void>;
    close(): Promise<void>;
  };
};

/** Publishing in this process. */
export type Publishing = {
  /** Does a job; what it throws makes the job be done again, or is for nobody. */
  readonly publish: Publisher['publish'];
  /** Removes checkouts of jobs that have ended, here or elsewhere. What cannot be removed stays until the next time. */
  readonly sweepWorktrees: () => Promise<void>;
  readonly sweepMedia: (before: Date) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Takes a directory, and another one where it is lost: jobs that were at work in it are done again in the next. */
export async function openPublishing(options: {
  claim: () => Promise<OwnDirectory>;
  furnish: (own: OwnDirectory) => Workshop;
  jobs: Pick<JobStore, 'unfinished'>;
  publisher: Omit<PublisherOptions, 'repository' | 'site'>;
  logger: LoggerService;
}): Promise<Publishing> {
  const { claim, jobs, logger } = options;
  const place = await WorkPlace.open({
    claim,
    logger,
    furnish: own => {
      const workshop = options.furnish(own);
      const publisher = new Publisher({ ...options.publisher, ...workshop });
      return { ...workshop, publisher };
    },
    clear: ({ media }) => media.close(),
  });
  return {
    async publish(id: JobId, context) {
      const { own, tools } = await place.current();
      const signal = AbortSignal.any([context.signal, own.lost]);
      await tools.publisher.publish(id, { ...context, signal });
    },
    async sweepWorktrees() {
      try {
        const { tools } = await place.current();
        await tools.repository.sweep(() => jobs.unfinished());
      } catch (error) {
        logger.warn(
          `What ended jobs left on the disk could not be removed: ${error}`,
        );
      }
    },
    async sweepMedia(before) {
      const { tools } = await place.current();
      await tools.media.sweep(before);
    },
    close: () => place.close(),
  };
}
