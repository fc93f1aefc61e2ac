import { isFinal } from '@herald/backstage-plugin-manual-publish-common';
import { SendNotification } from '@herald/backstage-plugin-notifications-common';
import { Job } from './Job';

/** Where the page of a job is, in the portal. */
export const jobLink = (job: Pick<Job, 'id'>) =>
  `/manual-publish/jobs/${job.id}`;

const WORDS = {
  COMPLETED: { title: 'published', severity: 'normal', type: 'success' },
  FAILED: { title: 'could not be published', severity: 'high', type: 'error' },
  CANCELLED: {
    title: 'is not published: cancelled',
    severity: 'low',
    type: 'info',
  },
} as const;

/**
 * What the user who asked is told of a job: one message that changes as the job does (by its `scope`). `undefined` where nobody is to be
 * told: a program has asked, or there is nothing to tell.
 */
export function messageAbout(
  job: Job,
  moment: 'processing' | 'ended',
): SendNotification | undefined {
  // The first of the two messages may come late, after several tries.
  const isOutOfDate = moment === 'processing' && isFinal(job.state);
  if (!job.requestedBy.startsWith('user:') || isOutOfDate) {
    return undefined;
  }
  const name = job.title || job.pageId;
  const common = {
    origin: 'manual-publish',
    targetUsers: [job.requestedBy],
    scope: `manual-publish:job:${job.id}`,
    solution: job.solution,
    document_title: name,
    link: jobLink(job),
  };
  if (moment === 'processing') {
    return {
      ...common,
      type: 'processing',
      title: `${name} is being published`,
      message: `${job.solution}, ${languagesOf(job)}`,
    };
  }
  const words =
    job.state === 'COMPLETED' ||
    job.state === 'FAILED' ||
    job.state === 'CANCELLED'
      ? WORDS[job.state]
      : undefined;
  return (
    words && {
      ...common,
      type: words.type,
      severity: words.severity,
      title: `${name} ${titleOf(job, words.title)}`,
      message: detailOf(job),
    }
  );
}

function titleOf(job: Job, title: string): string {
  if (job.state === 'COMPLETED' && job.dryRun) {
    return 'was looked through: nothing is published yet';
  }
  return job.state === 'COMPLETED' && job.unchanged
    ? 'is published already: nothing changed'
    : title;
}

function detailOf(job: Job): string {
  if (job.failure) {
    return `${job.failure.reason}: ${job.failure.detail}`.slice(0, 1_000);
  }
  const warnings = job.warningCount > 0 ? `, ${job.warningCount} warnings` : '';
  return `${job.solution}, ${languagesOf(job)}${warnings}`;
}

function languagesOf(job: Job): string {
  return job.targetLanguages.join(', ') || 'no translations';
}
