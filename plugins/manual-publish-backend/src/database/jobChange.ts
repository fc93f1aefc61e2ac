import { isFinal } from '@herald/backstage-plugin-manual-publish-common';
import { JobHappening } from '../publishing/Job';
import { JobCancelled, JobChange } from '../publishing/JobStore';
import { demandMove } from '../publishing/moves';
import { JobRow, cutTitle, toJob, writeSteps } from './jobRow';
import { writePublication } from './publishedPages';

export type AppliedChange = {
  /** The columns that it changes. */
  readonly update: Partial<JobRow>;
  /** What watchers are told, in order. */
  readonly happenings: readonly JobHappening[];
  /** What is published once the job has completed, as it is written. */
  readonly publication: string | null;
};

/**
 * What a change makes of a job.
 *
 * @throws IllegalMove, JobCancelled
 */
export function appliedChange(
  row: JobRow,
  change: JobChange,
  at: Date,
): AppliedChange {
  const before = toJob(row);
  const update: Partial<JobRow> = { updated_at: at.getTime() };
  const happenings: JobHappening[] = [];
  if (change.state !== undefined) {
    demandMove(before.state, change.state);
    if (change.state === 'PUSHING' && before.cancelRequested) {
      throw new JobCancelled(`Job ${row.id} was cancelled`);
    }
    update.status = change.state;
    update.steps = writeSteps([...before.steps, { state: change.state, at }]);
    if (isFinal(change.state)) {
      update.ended_at = at.getTime();
      update.running_solution = null;
      update.holder = null;
      update.publication = null;
    }
    happenings.push({ type: 'job' });
  }
  if (change.title !== undefined) {
    update.title = cutTitle(change.title);
  }
  for (const name of [
    'progress',
    'cost',
    'estimate',
    'commits',
    'failure',
  ] as const) {
    if (change[name] !== undefined) {
      update[name] = JSON.stringify(change[name]);
    }
  }
  if (change.exportedHead !== undefined) {
    update.exported_head = change.exportedHead;
  }
  const publication = change.publication
    ? writePublication(change.publication)
    : row.publication;
  if (change.publication && !update.ended_at) {
    update.publication = publication;
  }
  if (change.unchanged !== undefined) {
    update.unchanged = change.unchanged;
  }
  if (change.state === undefined && change.progress) {
    happenings.push({
      type: 'progress',
      progress: change.progress,
      cost: change.cost ?? before.cost,
    });
  }
  return {
    update,
    happenings: [...happenings, ...(change.happenings ?? [])],
    publication,
  };
}
