import { NewWork } from '@herald/work-queue';
import { isFinal } from '@herald/backstage-plugin-manual-publish-common';
import { CatalogueEvent, JobWork } from '../publishing/JobWork';
import { JobRow, toJob } from './jobRow';

/** What others are to be told of a job that has just changed. */
export function followUps(
  row: JobRow,
  at: Date,
  type: CatalogueEvent['type'],
): NewWork<JobWork>[] {
  const job = toJob(row);
  const announcement: NewWork<JobWork> = {
    kind: 'announce',
    payload: {
      type,
      jobId: job.id,
      status: job.state,
      solution: job.solution,
      pageId: job.pageId,
      title: job.title,
      requestedBy: job.requestedBy,
      at: at.toISOString(),
    },
  };
  return isFinal(job.state)
    ? [
        announcement,
        { kind: 'notify', payload: { jobId: job.id, moment: 'ended' } },
      ]
    : [announcement];
}
