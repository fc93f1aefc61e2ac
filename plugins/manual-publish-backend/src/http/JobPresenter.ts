import {
  Job as WireJob,
  JobSummary,
} from '@herald/backstage-plugin-manual-publish-common';
import { Job } from '../publishing/Job';
import { JobStore } from '../publishing/JobStore';
import { Caller, Gatekeeper } from './Gatekeeper';
import { Presentation, presentJob, presentSummary } from './presentJob';

const WARNINGS = 500;

type Allowed = Pick<Presentation, 'mayCancel' | 'mayRetry'>;

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

  /** What the caller may do is asked for once for all jobs of which it is the same. */
  async summaries(jobs: readonly Job[], caller: Caller): Promise<JobSummary[]> {
    const asked = new Map<string, Promise<Allowed>>();
    const allowed = (job: Job) => {
      const isOwn = job.requestedBy === caller.principal;
      const key = `${isOwn ? 'own' : 'others'} ${job.solution}`;
      const answer = asked.get(key) ?? this.#allowed(job, caller);
      asked.set(key, answer);
      return answer;
    };
    return Promise.all(
      jobs.map(async job =>
        presentSummary(job, {
          ...(await allowed(job)),
          commitUrl: this.#commitUrl,
        }),
      ),
    );
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
    return presentJob(job, warnings, {
      ...(await this.#allowed(job, caller)),
      commitUrl: this.#commitUrl,
    });
  }

  async #allowed(job: Job, caller: Caller): Promise<Allowed> {
    const [mayCancel, mayRetry] = await Promise.all([
      this.#gatekeeper.mayCancel(caller, job),
      this.#gatekeeper.mayRetry(caller, job),
    ]);
    return { mayCancel, mayRetry };
  }
}
