import { LoggerService } from '@backstage/backend-plugin-api';
import { isFinal } from '@herald/backstage-plugin-manual-publish-common';
import { Job, JobId, NumberedHappening } from './Job';
import { JobStore } from './JobStore';

const AT_ONCE = 200;

/** Somebody who follows a job. */
export interface Watcher {
  /** Called one at a time, in order. `job` is the job as it is now, for happenings that say to look; of several only the last is told. */
  tell(happening: NumberedHappening, job: Job): void;
  /** The job has ended, and all was told. */
  end(): void;
}

type Watch = { watcher: Watcher; told: number };

/**
 * Follows jobs for all watchers of this process, whichever replica does them: one look at the database for all, when a hint says
 * so and every `pollMs` anyway. It looks only while somebody watches.
 */
export class JobWatcher {
  readonly #jobs: Pick<JobStore, 'find' | 'pulses' | 'happeningsAfter'>;
  readonly #logger: LoggerService;
  readonly #pollMs: number;
  readonly #watches = new Map<JobId, Set<Watch>>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #lookAgain = false;

  constructor(options: {
    jobs: Pick<JobStore, 'find' | 'pulses' | 'happeningsAfter'>;
    logger: LoggerService;
    pollMs: number;
  }) {
    this.#jobs = options.jobs;
    this.#logger = options.logger;
    this.#pollMs = options.pollMs;
  }

  get size(): number {
    return [...this.#watches.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Tells the watcher what happens after the event of the given number.
   *
   * @returns how to stop
   */
  watch(id: JobId, after: number, watcher: Watcher): () => void {
    const watch = { watcher, told: after };
    const watches = this.#watches.get(id) ?? new Set();
    watches.add(watch);
    this.#watches.set(id, watches);
    this.#timer ??= setInterval(() => this.look(), this.#pollMs).unref();
    this.look();
    return () => this.#stop(id, watch);
  }

  /** Looks whether something has happened. Many calls while it looks cause one more look. */
  look = (): void => {
    if (this.#watches.size === 0) {
      return;
    }
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = this.#lookOnce()
      .catch(error =>
        this.#logger.warn(`Jobs could not be looked at: ${error}`),
      )
      .finally(() => {
        this.#looking = undefined;
        if (this.#lookAgain) {
          this.#lookAgain = false;
          this.look();
        }
      });
  };

  /** Ends all watching, as at shutdown. */
  close(): void {
    for (const [id, watches] of [...this.#watches]) {
      for (const watch of [...watches]) {
        this.#stop(id, watch);
        watch.watcher.end();
      }
    }
  }

  #stop(id: JobId, watch: Watch): void {
    const watches = this.#watches.get(id);
    watches?.delete(watch);
    if (watches?.size === 0) {
      this.#watches.delete(id);
    }
    if (this.#watches.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  async #lookOnce(): Promise<void> {
    const ids = [...this.#watches.keys()];
    const pulses = await this.#jobs.pulses(ids);
    // A job that somebody began to watch meanwhile was not asked for: the next look is for it.
    for (const id of ids) {
      const watches = this.#watches.get(id) ?? new Set();
      const pulse = pulses.get(id);
      if (!pulse) {
        this.#endAll(id);
      } else if ([...watches].some(({ told }) => told < pulse.eventCount)) {
        await this.#tellNews(id);
      } else if (pulse.hasEnded) {
        this.#endAll(id);
      }
    }
  }

  async #tellNews(id: JobId): Promise<void> {
    for (;;) {
      const watches = [...(this.#watches.get(id) ?? [])];
      if (watches.length === 0) {
        return;
      }
      const told = Math.min(...watches.map(watch => watch.told));
      const happenings = await this.#jobs.happeningsAfter(id, told, AT_ONCE);
      // Read after them, so that it is at least as new as the last.
      const job = await this.#jobs.find(id);
      if (!job) {
        this.#endAll(id);
        return;
      }
      for (const watch of watches) {
        this.#hand(watch, happenings, job);
      }
      if (happenings.length < AT_ONCE) {
        // Once more at once where it is over, to let them go.
        this.#lookAgain ||= isFinal(job.state);
        return;
      }
    }
  }

  #hand(
    watch: Watch,
    happenings: readonly NumberedHappening[],
    job: Job,
  ): void {
    // A job is told as it is now: once, after what led to it.
    const lastJob = happenings.findLast(({ type }) => type === 'job');
    for (const happening of happenings) {
      if (happening.number > watch.told) {
        watch.told = happening.number;
        if (happening.type === 'job' && happening !== lastJob) {
          continue;
        }
        try {
          watch.watcher.tell(happening, job);
        } catch (error) {
          // One that fails must not cost the others what happened.
          this.#logger.error(`A watcher of a job failed: ${error}`);
        }
      }
    }
  }

  #endAll(id: JobId): void {
    for (const watch of [...(this.#watches.get(id) ?? [])]) {
      this.#stop(id, watch);
      watch.watcher.end();
    }
  }
}
