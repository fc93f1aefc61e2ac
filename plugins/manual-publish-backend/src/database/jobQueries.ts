import { Knex } from 'knex';
import { Job, JobId } from '../publishing/Job';
import { JobFilter } from '../publishing/JobStore';
import { JobRow, LISTED_COLUMNS, toJob } from './jobRow';
import { WORK_PREFIX } from './migrate';

/** The newest first. */
export async function listJobs(
  knex: Knex,
  filter: JobFilter,
  page: { before?: JobId; limit: number },
): Promise<Job[]> {
  const query = knex<JobRow>('herald_job')
    .select(...LISTED_COLUMNS)
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (filter.states) {
    query.whereIn('status', [...filter.states]);
  }
  if (filter.solution !== undefined) {
    query.where({ solution: filter.solution });
  }
  if (filter.requestedBy !== undefined) {
    query.where({ requested_by: filter.requestedBy });
  }
  if (page.before !== undefined) {
    query.where('id', '<', page.before);
  }
  return (await query).map(toJob);
}

/** Those that run without work that is open. */
export async function abandonedJobs(knex: Knex): Promise<JobId[]> {
  const rows = await knex('herald_job')
    .whereNotNull('running_solution')
    .whereNotExists(open =>
      open
        .from(`${WORK_PREFIX}work`)
        .where({ kind: 'publish', state: 'open' })
        .whereRaw('?? = ??', [`${WORK_PREFIX}work.key`, 'herald_job.id']),
    )
    .select('id');
  return rows.map(({ id }) => id);
}

/** @returns how many were removed */
export async function purgeJobs(
  knex: Knex,
  endedBefore: Date,
  limit: number,
): Promise<number> {
  const old = knex('herald_job')
    .where('ended_at', '<', endedBefore.getTime())
    .orderBy('ended_at')
    .limit(limit)
    .select('id');
  return knex('herald_job')
    .whereIn('id', await idsOf(old))
    .delete();
}

async function idsOf(query: PromiseLike<{ id: string }[]>): Promise<string[]> {
  return (await query).map(({ id }) => id);
}
