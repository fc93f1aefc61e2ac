import { Knex } from 'knex';
import { JobRow, toJob, writeSteps } from './jobRow';

/**
 * Gives a solution to the oldest job that waits for it, unless one runs.
 *
 * @returns the id of the job that starts
 */
export async function giveTurn(
  tx: Knex.Transaction,
  solution: string,
  at: Date,
): Promise<string | undefined> {
  const row = await tx<JobRow>('herald_job')
    .where({ solution, status: 'QUEUED' })
    .orderBy('id')
    .first();
  if (!row) {
    return undefined;
  }
  const running = await tx('herald_job')
    .where({ running_solution: solution })
    .first('id');
  if (running) {
    return undefined;
  }
  await tx<JobRow>('herald_job')
    .where({ id: row.id })
    .update({
      status: 'STARTED',
      running_solution: solution,
      started_at: at.getTime(),
      updated_at: at.getTime(),
      steps: writeSteps([...toJob(row).steps, { state: 'STARTED', at }]),
    });
  return row.id;
}
