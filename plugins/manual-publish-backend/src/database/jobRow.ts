import {
  JobState,
  jobStates,
} from '@herald/backstage-plugin-manual-publish-common';
import { Job, JobId, JobStep } from '../publishing/Job';
import { toDate } from './engine';

const LONGEST_TITLE = 500;

/** A row of `herald_job`. SQLite has 0 and 1 for booleans, PostgreSQL text for 64-bit numbers. */
export type JobRow = {
  id: string;
  status: string;
  solution: string;
  running_solution: string | null;
  holder: string | null;
  notion_page_id: string;
  title: string;
  target_languages: string;
  dry_run: boolean | number;
  force: boolean | number;
  update_slugs: boolean | number;
  requested_by: string;
  retry_of: string | null;
  cancel_requested: boolean | number;
  unchanged: boolean | number;
  event_count: number;
  warning_count: number;
  created_at: number | string;
  updated_at: number | string;
  started_at: number | string | null;
  ended_at: number | string | null;
  steps: string;
  progress: string;
  cost: string;
  commits: string;
  estimate: string | null;
  failure: string | null;
  publication: string | null;
  exported_head: string | null;
};

/** All but what grows with the pages of a job. */
export const LISTED_COLUMNS = [
  'id',
  'status',
  'solution',
  'notion_page_id',
  'title',
  'target_languages',
  'dry_run',
  'force',
  'update_slugs',
  'requested_by',
  'retry_of',
  'cancel_requested',
  'unchanged',
  'event_count',
  'warning_count',
  'created_at',
  'updated_at',
  'started_at',
  'ended_at',
  'steps',
  'progress',
  'cost',
  'commits',
  'failure',
] as const satisfies readonly (keyof JobRow)[];

type StoredStep = { state: JobState; at: number };

/** @param row - of the columns that are not listed, none need be there */
export function toJob(
  row: Pick<JobRow, (typeof LISTED_COLUMNS)[number]> & Partial<JobRow>,
): Job {
  return {
    id: row.id as JobId,
    state: toState(row.status),
    solution: row.solution,
    pageId: row.notion_page_id,
    title: row.title,
    targetLanguages: JSON.parse(row.target_languages),
    dryRun: Boolean(row.dry_run),
    force: Boolean(row.force),
    updateSlugs: Boolean(row.update_slugs),
    requestedBy: row.requested_by,
    retryOf: row.retry_of === null ? undefined : (row.retry_of as JobId),
    cancelRequested: Boolean(row.cancel_requested),
    unchanged: Boolean(row.unchanged),
    eventCount: row.event_count,
    warningCount: row.warning_count,
    createdAt: toDate(row.created_at),
    updatedAt: toDate(row.updated_at),
    startedAt: row.started_at === null ? undefined : toDate(row.started_at),
    endedAt: row.ended_at === null ? undefined : toDate(row.ended_at),
    steps: (JSON.parse(row.steps) as StoredStep[]).map(({ state, at }) => ({
      state,
      at: toDate(at),
    })),
    progress: JSON.parse(row.progress),
    cost: JSON.parse(row.cost),
    commits: JSON.parse(row.commits),
    exportedHead: row.exported_head ?? undefined,
    estimate: row.estimate ? JSON.parse(row.estimate) : undefined,
    failure: row.failure === null ? undefined : JSON.parse(row.failure),
  };
}

export function writeSteps(steps: readonly JobStep[]): string {
  return JSON.stringify(
    steps.map(({ state, at }): StoredStep => ({ state, at: at.getTime() })),
  );
}

function toState(text: string): JobState {
  const state = jobStates.find(known => known === text);
  if (!state) {
    throw new Error(`A job has the unknown state ${text}`);
  }
  return state;
}

export function cutTitle(title: string): string {
  return title.slice(0, LONGEST_TITLE);
}
