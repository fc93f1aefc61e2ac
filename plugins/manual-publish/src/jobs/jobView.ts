import type {
  Job,
  JobEvent,
  JobLog,
  JobProgress,
  JobWarning,
} from '@herald/backstage-plugin-manual-publish-common';

export type LogLine = JobLog['lines'][number];

/** What a page knows of a job. */
export type JobView = {
  job: Job | undefined;
  /** What was told of it, the oldest first. */
  log: readonly LogLine[];
  /** How many older lines were told and are not kept. */
  olderLines: number;
};

export type JobChange =
  | { type: 'polled'; job: Job }
  | { type: 'read'; lines: readonly LogLine[] }
  /** `id` is the one of the event in the stream; what has none is not part of the history. */
  | { type: 'told'; event: JobEvent; id: string | undefined };

export const UNKNOWN_JOB: JobView = {
  job: undefined,
  log: [],
  olderLines: 0,
};

/** More lines than anybody reads on a page; the oldest go. */
const LONGEST_LOG = 2_000;

/**
 * What is known after one more thing was heard. A stream that begins anew tells the whole history, after the state of now, and a poll
 * may be overtaken by the stream: nothing that is older than what is known changes it.
 */
export function nextJobView(view: JobView, change: JobChange): JobView {
  if (change.type === 'polled') {
    return { ...view, job: newerJob(view.job, change.job) };
  }
  if (change.type === 'read') {
    return change.lines.reduce(withLine, view);
  }
  const { event, id } = change;
  if (event.type === 'job') {
    return { ...view, job: newerJob(view.job, event.job) };
  }
  if (event.type === 'log') {
    const { at, message } = event;
    return withLine(view, { id: Number(id ?? Number.NaN), at, message });
  }
  if (!view.job) {
    return view;
  }
  return event.type === 'warning'
    ? { ...view, job: withWarning(view.job, event.warning) }
    : { ...view, job: withProgress(view.job, event) };
}

function newerJob(known: Job | undefined, heard: Job): Job {
  if (!known) {
    return heard;
  }
  if (Date.parse(heard.updated_at) < Date.parse(known.updated_at)) {
    return known;
  }
  const warnings = known.warnings.reduce(withNew, heard.warnings);
  const merged = {
    ...heard,
    warnings,
    warning_count: Math.max(heard.warning_count, warnings.length),
  };
  // A job that begins a state anew may begin to count anew; within a state the numbers grow.
  return heard.status === known.status &&
    workDone(heard.progress) < workDone(known.progress)
    ? { ...merged, progress: known.progress, cost: known.cost }
    : merged;
}

function withProgress(
  job: Job,
  { progress, cost }: Pick<Job, 'progress' | 'cost'>,
): Job {
  return workDone(progress) < workDone(job.progress)
    ? job
    : { ...job, progress, cost };
}

function workDone({ pages, languages }: JobProgress): number {
  return languages.reduce((sum, { done }) => sum + done, pages.done);
}

function withWarning(job: Job, warning: JobWarning): Job {
  const warnings = withNew(job.warnings, warning);
  return {
    ...job,
    warnings,
    warning_count: Math.max(job.warning_count, warnings.length),
  };
}

/** The snapshot of a job has warnings that the stream tells, too. */
function withNew(known: JobWarning[], warning: JobWarning): JobWarning[] {
  return known.some(one => isSame(one, warning)) ? known : [...known, warning];
}

function isSame(one: JobWarning, other: JobWarning): boolean {
  return (
    one.code === other.code &&
    one.message === other.message &&
    one.page_id === other.page_id &&
    one.language === other.language &&
    one.url === other.url
  );
}

function withLine(view: JobView, line: LogLine): JobView {
  const { log, olderLines } = view;
  const last = log.at(-1);
  if (Number.isNaN(line.id) || (last && line.id <= last.id)) {
    return view;
  }
  const kept = log.slice(1 - LONGEST_LOG);
  return {
    ...view,
    log: [...kept, line],
    olderLines: olderLines + log.length - kept.length,
  };
}
