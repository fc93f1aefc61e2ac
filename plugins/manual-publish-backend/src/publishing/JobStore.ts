import {
  JobCost,
  JobEstimate,
  JobProgress,
  JobState,
} from '@herald/backstage-plugin-manual-publish-common';
import {
  Job,
  JobCommit,
  JobFailure,
  JobHappening,
  JobId,
  JobOrder,
  LogLine,
  NumberedHappening,
} from './Job';
import { Warning } from './Warning';

/** One claim of a job: its writes count until another takes the job. */
export type Holder = string & { readonly '': unique symbol };

/** Another has taken the job, or it has ended: what this holder does has no effect any more. */
export class JobLost extends Error {
  override readonly name = 'JobLost';
}

/** Somebody has asked to end the job. */
export class JobCancelled extends Error {
  override readonly name = 'JobCancelled';
}

/** What is written down of a job in one transaction. */
export type JobChange = {
  /** A move of the state machine. */
  readonly state?: JobState;
  readonly title?: string;
  readonly progress?: JobProgress;
  readonly cost?: JobCost;
  readonly estimate?: JobEstimate;
  readonly commits?: readonly JobCommit[];
  readonly exportedHead?: string;
  readonly unchanged?: boolean;
  readonly failure?: JobFailure;
  /** For those who watch, in order, after what the change itself tells. */
  readonly happenings?: readonly JobHappening[];
  /** What the solution's pages are once the job has completed; kept until then. */
  readonly publication?: PublishedPages;
};

export type PublishedPages = {
  readonly pages: readonly PublishedPage[];
  readonly removedPageIds: readonly string[];
};

export type PublishedPage = {
  readonly pageId: string;
  readonly path: string;
  readonly editedAt: Date;
  readonly readAt: Date;
};

export type JobFilter = {
  readonly states?: readonly JobState[];
  readonly solution?: string;
  readonly requestedBy?: string;
};

/** How far a job is. */
export type Pulse = { readonly eventCount: number; readonly hasEnded: boolean };

export interface JobStore {
  /** Stores a job with its work. It is `STARTED`, or `QUEUED` while another of the solution runs. */
  create(order: JobOrder): Promise<Job>;

  find(id: JobId): Promise<Job | undefined>;

  /** The newest first. @param before - the last id of the page before */
  list(
    filter: JobFilter,
    page: { before?: JobId; limit: number },
  ): Promise<Job[]>;

  /** Makes the caller the one whose writes count. `undefined` where the job has ended or is gone. */
  take(id: JobId): Promise<{ job: Job; holder: Holder } | undefined>;

  /**
   * Writes down a change. A move to the end gives the solution to the oldest job that waits for it, in the same transaction.
   *
   * @returns the job as it is now
   * @throws JobLost, IllegalMove
   * @throws JobCancelled where somebody has asked to end a job that is about to be pushed: later is too late
   */
  change(id: JobId, holder: Holder, change: JobChange): Promise<Job>;

  /**
   * Ends a queued job at once; asks a running one to end.
   *
   * @returns the job as it is now; `undefined` where there is none, `ended` where it has ended already, `pushing` where the remote may
   *   have its commits already
   */
  cancel(id: JobId): Promise<Job | 'ended' | 'pushing' | undefined>;

  /** Ends a job whatever holds it, such as one whose work is dead. Does nothing where it has ended. */
  fail(id: JobId, failure: JobFailure): Promise<void>;

  /** Jobs that run but have no open work any more, because their process died too often. */
  abandoned(): Promise<JobId[]>;

  /** Ids of jobs that have not ended. */
  unfinished(): Promise<JobId[]>;

  /** Of several jobs, how far each is. Those that are gone are not in it. */
  pulses(ids: readonly JobId[]): Promise<ReadonlyMap<JobId, Pulse>>;

  /** What happened after the event of the given number, in order. */
  happeningsAfter(
    id: JobId,
    number: number,
    limit: number,
  ): Promise<NumberedHappening[]>;

  /** What was logged after the event of the given number, in order. */
  logAfter(id: JobId, number: number, limit: number): Promise<LogLine[]>;

  /** The first warnings, of those up to the event of this number. */
  warnings(id: JobId, upTo: number, limit: number): Promise<Warning[]>;

  /** What the pages are once the job has completed, as far as it has come to know. */
  publication(id: JobId): Promise<PublishedPages | undefined>;

  /** Removes jobs that ended before this moment, at most `limit`. @returns how many */
  purge(endedBefore: Date, limit: number): Promise<number>;
}
