import { Knex } from 'knex';
import {
  JobHappening,
  JobId,
  LogLine,
  NumberedHappening,
} from '../publishing/Job';
import { Warning } from '../publishing/Warning';
import { toDate } from './engine';
import { JobRow } from './jobRow';

const TABLE = 'herald_job_event';

/**
 * Adds to the log of a job. Progress tells all of itself, and so does the job: what was told of progress before is of no use to
 * anybody who reads the log later, and goes. So a job has one event of progress at most, however long it takes.
 */
export async function appendEvents(
  tx: Knex.Transaction,
  id: JobId,
  happenings: readonly JobHappening[],
  at: Date,
): Promise<void> {
  if (happenings.length === 0) {
    return;
  }
  const warnings = happenings.filter(({ type }) => type === 'warning').length;
  const [{ event_count: last }] = await tx<JobRow>('herald_job')
    .where({ id })
    .update({
      event_count: tx.raw('event_count + ?', [happenings.length]),
      warning_count: tx.raw('warning_count + ?', [warnings]),
    })
    .returning('event_count');
  if (happenings.some(({ type }) => type === 'progress' || type === 'job')) {
    await tx(TABLE).where({ job_id: id, type: 'progress' }).delete();
  }
  await tx.batchInsert(
    TABLE,
    happenings.map((happening, index) => ({
      job_id: id,
      number: last - happenings.length + 1 + index,
      type: happening.type,
      payload: JSON.stringify(happening),
      at: at.getTime(),
    })),
    100,
  );
}

const after = (knex: Knex, id: JobId, number: number, limit: number) =>
  knex(TABLE)
    .where({ job_id: id })
    .where('number', '>', number)
    .orderBy('number')
    .limit(limit);

export async function logAfter(
  knex: Knex,
  id: JobId,
  number: number,
  limit: number,
): Promise<LogLine[]> {
  const rows = await after(knex, id, number, limit).where({ type: 'log' });
  return rows.map(row => ({
    number: row.number,
    at: toDate(row.at),
    message: JSON.parse(row.payload).message as string,
  }));
}

export async function eventsAfter(
  knex: Knex,
  id: JobId,
  number: number,
  limit: number,
): Promise<NumberedHappening[]> {
  const rows = await after(knex, id, number, limit);
  return rows.map(row => ({
    ...(JSON.parse(row.payload) as JobHappening),
    number: row.number,
    at: toDate(row.at),
  }));
}

export async function warningsUpTo(
  knex: Knex,
  id: JobId,
  number: number,
  limit: number,
): Promise<Warning[]> {
  const rows = await knex(TABLE)
    .where({ job_id: id, type: 'warning' })
    .where('number', '<=', number)
    .orderBy('number')
    .limit(limit)
    .select('payload');
  return rows.map(({ payload }) => JSON.parse(payload).warning as Warning);
}
