import { isFinal } from '@herald/backstage-plugin-manual-publish-common';
import { WorkQueue } from '@herald/work-queue';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import {
  Job,
  JobFailure,
  JobId,
  JobOrder,
  NO_COST,
  NO_PROGRESS,
  LogLine,
  NumberedHappening,
} from '../publishing/Job';
import {
  Holder,
  JobChange,
  JobFilter,
  JobLost,
  JobStore,
  PublishedPages,
  Pulse,
} from '../publishing/JobStore';
import { JobWork } from '../publishing/JobWork';
import { Warning } from '../publishing/Warning';
import { lockSolution } from './engine';
import { followUps } from './followUps';
import { appliedChange } from './jobChange';
import { appendEvents, eventsAfter, logAfter, warningsUpTo } from './jobEvents';
import { abandonedJobs, listJobs, purgeJobs } from './jobQueries';
import { JobRow, cutTitle, toJob, writeSteps } from './jobRow';
import { readPublication, storePublished } from './publishedPages';
import { giveTurn } from './solutionTurn';

/**
 * Jobs in the host's database. Whatever changes a job is one transaction with what follows from it: events, work, who is next. Those of one
 * solution come one after another: otherwise a job that ends and one that begins could each take the other for running.
 */
export class DatabaseJobs implements JobStore {
  readonly #knex: Knex;
  readonly #work: Pick<WorkQueue<JobWork>, 'enqueue'>;
  readonly #now: () => Date;
  readonly #onChange: () => void;

  /** @param options.onChange - told after each transaction that watchers should know of */
  constructor(
    knex: Knex,
    options: {
      work: Pick<WorkQueue<JobWork>, 'enqueue'>;
      now: () => Date;
      onChange: () => void;
    },
  ) {
    this.#knex = knex;
    this.#work = options.work;
    this.#now = options.now;
    this.#onChange = options.onChange;
  }

  async create(order: JobOrder): Promise<Job> {
    const at = this.#now();
    const id = uuid();
    return this.#changing(async tx => {
      await lockSolution(tx, order.solution);
      // First it waits, as those before it may; then whoever has waited longest starts, unless one runs.
      await tx<JobRow>('herald_job').insert({
        id,
        status: 'QUEUED',
        solution: order.solution,
        notion_page_id: order.pageId,
        title: cutTitle(order.title),
        target_languages: JSON.stringify(order.targetLanguages),
        dry_run: order.dryRun,
        force: order.force,
        update_slugs: order.updateSlugs,
        requested_by: order.requestedBy,
        retry_of: order.retryOf ?? null,
        created_at: at.getTime(),
        updated_at: at.getTime(),
        steps: writeSteps([{ state: 'QUEUED', at }]),
        progress: JSON.stringify(NO_PROGRESS),
        cost: JSON.stringify(NO_COST),
        commits: '[]',
      });
      await appendEvents(tx, id as JobId, [{ type: 'job' }], at);
      await this.#work.enqueue(
        tx,
        followUps(await this.#read(tx, id), at, 'job-created'),
      );
      await this.#startNext(tx, order.solution, at);
      return toJob(await this.#read(tx, id));
    });
  }

  async find(id: JobId): Promise<Job | undefined> {
    const row = await this.#knex<JobRow>('herald_job').where({ id }).first();
    return row && toJob(row);
  }

  async list(
    filter: JobFilter,
    page: { before?: JobId; limit: number },
  ): Promise<Job[]> {
    return listJobs(this.#knex, filter, page);
  }

  async take(id: JobId): Promise<{ job: Job; holder: Holder } | undefined> {
    return this.#changing(async tx => {
      const row = await this.#lock(tx, id);
      if (!row || isFinal(toJob(row).state)) {
        return undefined;
      }
      const holder = randomUUID() as string as Holder;
      await tx<JobRow>('herald_job').where({ id }).update({ holder });
      return { job: toJob({ ...row, holder }), holder };
    });
  }

  async change(id: JobId, holder: Holder, change: JobChange): Promise<Job> {
    return this.#changing(async tx => {
      const row = await this.#lock(tx, id);
      if (!row || row.holder !== holder || isFinal(toJob(row).state)) {
        throw new JobLost(`Job ${id} was taken over or has ended`);
      }
      return this.#apply(tx, row, change);
    });
  }

  async cancel(id: JobId): Promise<Job | 'ended' | 'pushing' | undefined> {
    return this.#changing(async tx => {
      const row = await this.#lock(tx, id);
      if (!row) {
        return undefined;
      }
      const job = toJob(row);
      if (isFinal(job.state)) {
        return 'ended';
      }
      if (job.state === 'PUSHING') {
        return 'pushing';
      }
      if (job.state === 'QUEUED') {
        return this.#apply(tx, row, { state: 'CANCELLED' });
      }
      await tx<JobRow>('herald_job')
        .where({ id })
        .update({ cancel_requested: true });
      await appendEvents(tx, id, [{ type: 'job' }], this.#now());
      return toJob(await this.#read(tx, id));
    });
  }

  async fail(id: JobId, failure: JobFailure): Promise<void> {
    await this.#changing(async tx => {
      const row = await this.#lock(tx, id);
      if (row && !isFinal(toJob(row).state)) {
        await this.#apply(tx, row, { state: 'FAILED', failure });
      }
    });
  }

  async abandoned(): Promise<JobId[]> {
    return abandonedJobs(this.#knex);
  }

  async unfinished(): Promise<JobId[]> {
    const rows = await this.#knex('herald_job')
      .whereNull('ended_at')
      .select('id');
    return rows.map(({ id }) => id);
  }

  async pulses(ids: readonly JobId[]): Promise<ReadonlyMap<JobId, Pulse>> {
    const rows = await this.#knex<JobRow>('herald_job')
      .whereIn('id', [...ids])
      .select('id', 'event_count', 'ended_at');
    return new Map(
      rows.map(row => [
        row.id as JobId,
        { eventCount: row.event_count, hasEnded: row.ended_at !== null },
      ]),
    );
  }

  async happeningsAfter(
    id: JobId,
    number: number,
    limit: number,
  ): Promise<NumberedHappening[]> {
    return eventsAfter(this.#knex, id, number, limit);
  }

  async logAfter(id: JobId, number: number, limit: number): Promise<LogLine[]> {
    return logAfter(this.#knex, id, number, limit);
  }

  async warnings(id: JobId, upTo: number, limit: number): Promise<Warning[]> {
    return warningsUpTo(this.#knex, id, upTo, limit);
  }

  async publication(id: JobId): Promise<PublishedPages | undefined> {
    const row = await this.#knex<JobRow>('herald_job')
      .where({ id })
      .first('publication');
    return row?.publication ? readPublication(row.publication) : undefined;
  }

  async purge(endedBefore: Date, limit: number): Promise<number> {
    return purgeJobs(this.#knex, endedBefore, limit);
  }

  async #apply(
    tx: Knex.Transaction,
    row: JobRow,
    change: JobChange,
  ): Promise<Job> {
    const at = this.#now();
    const before = toJob(row);
    const { update, happenings, publication } = appliedChange(row, change, at);
    await tx<JobRow>('herald_job').where({ id: row.id }).update(update);
    if (change.state === 'COMPLETED' && publication && !before.dryRun) {
      await storePublished(tx, {
        ...readPublication(publication),
        solution: row.solution,
        jobId: row.id,
        at,
      });
    }
    await appendEvents(tx, before.id, happenings, at);
    const job = await this.#read(tx, row.id);
    if (change.state !== undefined) {
      await this.#work.enqueue(
        tx,
        followUps(
          job,
          at,
          isFinal(change.state) ? 'job-completed' : 'job-status-changed',
        ),
      );
      if (row.running_solution !== null && isFinal(change.state)) {
        await this.#startNext(tx, row.solution, at);
      }
    }
    return toJob(job);
  }

  /** Starts the oldest job that waits for a solution, unless one runs. */
  async #startNext(
    tx: Knex.Transaction,
    solution: string,
    at: Date,
  ): Promise<void> {
    const id = await giveTurn(tx, solution, at);
    if (id === undefined) {
      return;
    }
    await appendEvents(tx, id as JobId, [{ type: 'job' }], at);
    const started = await this.#read(tx, id);
    await this.#work.enqueue(tx, [
      { kind: 'publish', payload: { jobId: id }, key: id },
      { kind: 'notify', payload: { jobId: id, moment: 'processing' } },
      ...followUps(started, at, 'job-status-changed'),
    ]);
  }

  async #lock(tx: Knex.Transaction, id: string): Promise<JobRow | undefined> {
    const named = await tx<JobRow>('herald_job')
      .where({ id })
      .first('solution');
    if (!named) {
      return undefined;
    }
    await lockSolution(tx, named.solution);
    return tx<JobRow>('herald_job').where({ id }).first();
  }

  async #read(tx: Knex.Transaction, id: string): Promise<JobRow> {
    const row = await tx<JobRow>('herald_job').where({ id }).first();
    if (!row) {
      throw new Error(`Job ${id} is gone`);
    }
    return row;
  }

  async #changing<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    const result = await this.#knex.transaction(work);
    this.#onChange();
    return result;
  }
}
