import {
  FailureReason,
  JobCost,
  JobEstimate,
  JobProgress,
  JobState,
} from '@herald/backstage-plugin-manual-publish-common';
import { Warning } from './Warning';

/** A UUIDv7. */
export type JobId = string & { readonly '': unique symbol };

/** What a job is asked to do. */
export type JobOrder = {
  /** As the configuration spells it. */
  readonly solution: string;
  readonly pageId: string;
  readonly title: string;
  readonly targetLanguages: readonly string[];
  readonly dryRun: boolean;
  readonly force: boolean;
  /** Pages get the addresses that their titles say today. */
  readonly updateSlugs: boolean;
  /** The principal that asked. */
  readonly requestedBy: string;
  readonly retryOf?: JobId;
};

export type JobStep = { readonly state: JobState; readonly at: Date };

export type JobCommit = {
  readonly sha: string;
  readonly message: string;
  readonly kind: 'export' | 'translation';
};

export type JobFailure = {
  readonly reason: FailureReason;
  /** For people; names what is at fault. */
  readonly detail: string;
  readonly pageId?: string;
  /** File, line and column. */
  readonly place?: string;
};

export type Job = JobOrder & {
  readonly id: JobId;
  readonly state: JobState;
  readonly cancelRequested: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  readonly steps: readonly JobStep[];
  readonly progress: JobProgress;
  readonly cost: JobCost;
  readonly estimate?: JobEstimate;
  readonly commits: readonly JobCommit[];
  /** What a checkout has to have in it to go on after the export with. */
  readonly exportedHead?: string;
  readonly unchanged: boolean;
  readonly failure?: JobFailure;
  readonly warningCount: number;
  /** The number of the last event; 0 where nothing has happened yet. */
  readonly eventCount: number;
};

/** What happened in a job. `job` means that it has changed and is to be looked at as a whole. */
export type JobHappening =
  | { readonly type: 'job' }
  | {
      readonly type: 'progress';
      readonly progress: JobProgress;
      readonly cost: JobCost;
    }
  | { readonly type: 'warning'; readonly warning: Warning }
  | { readonly type: 'log'; readonly message: string };

export type NumberedHappening = JobHappening & {
  readonly number: number;
  readonly at: Date;
};

/** A line of the log. */
export type LogLine = {
  readonly number: number;
  readonly at: Date;
  readonly message: string;
};

export const NO_PROGRESS: JobProgress = {
  pages: { done: 0, total: 0 },
  languages: [],
};

export const NO_COST: JobCost = {
  notion_calls: 0,
  translator_calls: 0,
  input_tokens: 0,
  cached_input_tokens: 0,
  output_tokens: 0,
  remembered_segments: 0,
};
