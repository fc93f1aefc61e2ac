import {
  manualPublishOperations,
  type Job,
  type JobEvent,
  type JobLog,
  type JobSummary,
} from '@herald/backstage-plugin-manual-publish-common';

/** The jobs of a server that stands in for the backend, and all that happened to each. */
export class JobHistory {
  readonly #jobs = new Map<string, { job: Job; events: JobEvent[] }>();

  add(job: Job): void {
    this.#jobs.set(job.id, { job, events: [{ type: 'job', job }] });
  }

  has(id: string): boolean {
    return this.#jobs.has(id);
  }

  job(id: string): Job {
    return this.#found(id).job;
  }

  /** Numbered from 1, in this order. */
  events(id: string): readonly JobEvent[] {
    return this.#found(id).events;
  }

  append(id: string, event: JobEvent): void {
    const found = this.#found(id);
    found.job = changedBy(found.job, event);
    found.events.push(event);
  }

  list(search: URLSearchParams) {
    const { jobs: operation } = manualPublishOperations;
    const query = operation.query.parse({
      ...Object.fromEntries(search),
      ...(search.has('status') && { status: search.getAll('status') }),
      limit: Number(search.get('limit') ?? 20),
    });
    const fitting = [...this.#jobs.values()]
      .map(({ job }): JobSummary => job)
      .filter(
        ({ status, solution, requested_by: by }) =>
          (!query.status || query.status.includes(status)) &&
          (!query.solution || query.solution === solution) &&
          (!query.requested_by || query.requested_by === by),
      )
      .sort((one, other) => other.created_at.localeCompare(one.created_at));
    const from = Number(query.cursor ?? 0);
    const to = from + query.limit;
    return operation.success.body.parse({
      jobs: fitting.slice(from, to),
      next_cursor: to < fitting.length ? String(to) : null,
    });
  }

  log(id: string, search: URLSearchParams): JobLog {
    const { jobLog: operation } = manualPublishOperations;
    const { after, limit } = operation.query.parse({
      after: Number(search.get('after') ?? 0),
      limit: Number(search.get('limit') ?? 500),
    });
    const lines = this.events(id).flatMap((event, index) =>
      event.type === 'log' && index + 1 > after
        ? [{ id: index + 1, at: event.at, message: event.message }]
        : [],
    );
    return operation.success.body.parse({ lines: lines.slice(0, limit) });
  }

  #found(id: string) {
    const found = this.#jobs.get(id);
    if (!found) {
      throw new Error(`There is no job ${id}`);
    }
    return found;
  }
}

function changedBy(job: Job, event: JobEvent): Job {
  switch (event.type) {
    case 'job':
      return event.job;
    case 'progress':
      return { ...job, progress: event.progress, cost: event.cost };
    case 'warning':
      return {
        ...job,
        warnings: [...job.warnings, event.warning],
        warning_count: job.warning_count + 1,
      };
    default:
      return job;
  }
}
