import {
  Job as WireJob,
  JobSummary,
} from '@herald/backstage-plugin-manual-publish-common';
import { Job } from '../publishing/Job';
import { JobStore } from '../publishing/JobStore';
import { Caller, Gatekeeper } from './Gatekeeper';
import { presentJob, presentSummary } from './presentJob';

const WARNINGS = 500;

/** Shows jobs as the API has them, to one caller: it says what they may do with each. */
export class JobPresenter {
  readonly #jobs: Pick<JobStore, 'warnings'>;
  readonly #gatekeeper: Gatekeeper;
  readonly #commitUrl: (sha: string) => string | undefined;

  constructor(options: {
    jobs: Pick<JobStore, 'warnings'>;
    gatekeeper: Gatekeeper;
    commitUrl: (sha: string) => string | undefined;
  }) {
    this.#jobs = options.jobs;
    this.#gatekeeper = options.gatekeeper;
    this.#commitUrl = options.commitUrl;
  }

  async summary(job: Job, caller: Caller): Promise<JobSummary> {
    return presentSummary(job, await this.#presentation(job, caller));
  }

  /** @param upTo - the number of the last event that the caller knows of after this: later warnings are told by themselves */
  async whole(
    job: Job,
    caller: Caller,
    upTo = job.eventCount,
  ): Promise<WireJob> {
    const warnings =
      job.warningCount > 0
        ? await this.#jobs.warnings(job.id, upTo, WARNINGS)
        : [];
    return presentJob(job, warnings, await this.#presentation(job, caller));
  }

  async #presentation(job: Job, caller: Caller) {
    return {
      mayChange: await this.#gatekeeper.mayChange(caller, job),
      commitUrl: this.#commitUrl,
    };
  }
}
