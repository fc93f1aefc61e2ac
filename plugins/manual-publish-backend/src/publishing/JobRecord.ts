import {
  JobCost,
  JobProgress,
} from '@herald/backstage-plugin-manual-publish-common';
import { Job, JobHappening } from './Job';
import { Holder, JobCancelled, JobChange, JobStore } from './JobStore';
import { Warning } from './Warning';

/**
 * What one holder writes down of a job. Moves are written at once; progress, warnings and words gather and are written every
 * `everyMs`, or with the next move. With each writing it learns whether the job is still its own and wanted; otherwise `signal` is aborted.
 */
export class JobRecord {
  readonly #store: Pick<JobStore, 'change' | 'find'>;
  readonly #holder: Holder;
  readonly #abort = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #job: Job;
  #progress: JobProgress;
  #cost: JobCost;
  readonly #warned: Set<string>;
  #isProgressNew = false;
  #happenings: JobHappening[] = [];
  #writing: Promise<unknown> = Promise.resolve();

  /** @param options.signal - of the process: aborted when it has to make way */
  constructor(options: {
    store: Pick<JobStore, 'change' | 'find'>;
    job: Job;
    holder: Holder;
    signal: AbortSignal;
    everyMs: number;
    /** What the job has warned of before. */
    warnings?: readonly Warning[];
  }) {
    this.#store = options.store;
    this.#job = options.job;
    this.#holder = options.holder;
    this.#warned = new Set(
      options.warnings?.map(warning => JSON.stringify(warning)),
    );
    this.#progress = options.job.progress;
    this.#cost = options.job.cost;
    const { signal } = options;
    if (signal.aborted) {
      this.#abort.abort(signal.reason);
    }
    signal.addEventListener('abort', () => this.#abort.abort(signal.reason), {
      once: true,
    });
    this.#timer = setInterval(() => {
      this.#look().catch(error => this.#abort.abort(error));
    }, options.everyMs).unref();
  }

  /** Aborted with `JobCancelled`, `JobLost`, or why the process ends. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** As it was last written. */
  get job(): Job {
    return this.#job;
  }

  get progress(): JobProgress {
    return this.#progress;
  }

  get cost(): JobCost {
    return this.#cost;
  }

  /** Writes a change down, with all that has gathered. @throws JobLost, IllegalMove */
  async change(change: JobChange): Promise<Job> {
    return this.#write(change);
  }

  setProgress(change: Partial<JobProgress>): void {
    this.#progress = { ...this.#progress, ...change };
    this.#isProgressNew = true;
  }

  addCost(more: Partial<JobCost>): void {
    const cost = { ...this.#cost };
    for (const [name, amount] of Object.entries(more)) {
      cost[name as keyof JobCost] += amount ?? 0;
    }
    this.#cost = cost;
    this.#isProgressNew = true;
  }

  /** Once for each: a job that begins again finds again what it has warned of. */
  warn(warning: Warning): void {
    const key = JSON.stringify(warning);
    if (!this.#warned.has(key)) {
      this.#warned.add(key);
      this.#happenings.push({ type: 'warning', warning });
    }
  }

  log(message: string): void {
    this.#happenings.push({ type: 'log', message });
  }

  /** Writes no more. */
  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#isProgressNew || this.#happenings.length > 0) {
      await this.#write({});
    } else {
      await this.#inTurn(async () =>
        this.#learn((await this.#store.find(this.#job.id)) ?? this.#job),
      );
    }
  }

  /** One after another, so that what was written last is the newest. */
  #write(change: JobChange): Promise<Job> {
    return this.#inTurn(async () => {
      const happenings = this.#happenings;
      const hasProgress = this.#isProgressNew;
      this.#happenings = [];
      this.#isProgressNew = false;
      try {
        const job = await this.#store.change(this.#job.id, this.#holder, {
          ...change,
          ...(hasProgress && { progress: this.#progress, cost: this.#cost }),
          happenings: [...happenings, ...(change.happenings ?? [])],
        });
        this.#learn(job);
        return job;
      } catch (error) {
        this.#happenings = [...happenings, ...this.#happenings];
        this.#isProgressNew ||= hasProgress;
        throw error;
      }
    });
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const done = this.#writing.then(action);
    this.#writing = done.catch(() => undefined);
    return done;
  }

  #learn(job: Job): void {
    this.#job = job;
    if (job.cancelRequested && !this.signal.aborted) {
      this.#abort.abort(new JobCancelled(`Job ${job.id} was cancelled`));
    }
  }
}
