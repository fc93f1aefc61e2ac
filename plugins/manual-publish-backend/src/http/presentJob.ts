import {
  Job as WireJob,
  JobSummary,
  JobWarning,
  isFinal,
} from '@herald/backstage-plugin-manual-publish-common';
import { Job } from '../publishing/Job';
import { Warning } from '../publishing/Warning';

export type Presentation = {
  /** Whether the caller may cancel it while it runs. */
  mayCancel: boolean;
  /** Whether the caller may do it again once it has ended badly. */
  mayRetry: boolean;
  commitUrl: (sha: string) => string | undefined;
};

export function presentSummary(
  job: Job,
  { mayCancel, mayRetry, commitUrl }: Presentation,
): JobSummary {
  return {
    id: job.id,
    status: job.state,
    solution: job.solution,
    notion_page_id: job.pageId,
    title: job.title,
    target_languages: [...job.targetLanguages],
    dry_run: job.dryRun,
    force: job.force,
    update_slugs: job.updateSlugs,
    requested_by: job.requestedBy,
    created_at: job.createdAt.toISOString(),
    updated_at: job.updatedAt.toISOString(),
    started_at: job.startedAt?.toISOString() ?? null,
    ended_at: job.endedAt?.toISOString() ?? null,
    progress: job.progress,
    cost: job.cost,
    warning_count: job.warningCount,
    commits: job.commits.map(commit => ({
      ...commit,
      url: commitUrl(commit.sha),
    })),
    unchanged: job.unchanged,
    failure: job.failure
      ? {
          reason: job.failure.reason,
          detail: job.failure.detail,
          page_id: job.failure.pageId,
          place: job.failure.place,
        }
      : null,
    retry_of: job.retryOf ?? null,
    may: {
      cancel:
        mayCancel &&
        !isFinal(job.state) &&
        job.state !== 'PUSHING' &&
        !job.cancelRequested,
      retry: mayRetry && (job.state === 'FAILED' || job.state === 'CANCELLED'),
    },
  };
}

export function presentJob(
  job: Job,
  warnings: readonly Warning[],
  presentation: Presentation,
): WireJob {
  return {
    ...presentSummary(job, presentation),
    steps: job.steps.map((step, index) => ({
      status: step.state,
      at: step.at.toISOString(),
      ms:
        index + 1 < job.steps.length
          ? Math.max(0, job.steps[index + 1].at.getTime() - step.at.getTime())
          : null,
    })),
    estimate: job.estimate ?? null,
    warnings: warnings.map(presentWarning),
  };
}

export function presentWarning(warning: Warning): JobWarning {
  const { code, message, pageId, blockId, language } = warning;
  const page = pageId?.replaceAll('-', '');
  const block = blockId?.replaceAll('-', '');
  return {
    code,
    message,
    page_id: pageId,
    page_title: warning.pageTitle,
    language,
    url: page && `https://www.notion.so/${page}${block ? `#${block}` : ''}`,
  };
}
