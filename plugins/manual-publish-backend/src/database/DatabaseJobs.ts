import { isFinal } from '@herald/backstage-plugin-manual-publish-common';
import { WorkQueue } from '@herald/work-queue';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import {
  Job,
  JobFailure,
  JobHappening,
  JobId,
  JobOrder,
  NO_COST,
  NO_PROGRESS,
  NumberedHappening,
} from '../publishing/Job';
import {
  Holder,
  JobCancelled,
  JobChange,
  JobFilter,
  JobLost,
  JobStore,
  PublishedPages,
  Pulse,
} from '../publishing/JobStore';
import { JobWork } from '../publishing/JobWork';
import { demandMove } from '../publishing/moves';
import { Warning } from '../publishing/Warning';
import { lockSolution, toDate } from './engine';
import { JobRow, LISTED_COLUMNS, toJob, writeSteps } from './jobRow';
import { followUps } from './followUps';
import { WORK_PREFIX } from './migrate';
import {
  readPublication,
  storePublished,
  writePublication,
} from './publishedPages';

const LONGEST_TITLE = 500;

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
        title: order.title.slice(0, LONGEST_TITLE),
        target_languages: JSON.stringify(order.targetLanguages),
        dry_run: order.dryRun,
        force: order.force,
        requested_by: order.requestedBy,
        retry_of: order.retryOf ?? null,
        created_at: at.getTime(),
        updated_at: at.getTime(),
        steps: writeSteps([{ state: 'QUEUED', at }]),
        progress: JSON.stringify(NO_PROGRESS),
        cost: JSON.stringify(NO_COST),
        commits: '[]',
      });
      await this.#append(tx, id as JobId, [{ type: 'job' }]);
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
    const query = this.#knex<JobRow>('herald_job')
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
      await this.#append(tx, id, [{ type: 'job' }]);
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
    const rows = await this.#knex('herald_job')
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
    const rows = await this.#knex('herald_job_event')
      .where({ job_id: id })
      .where('number', '>', number)
      .orderBy('number')
      .limit(limit);
    return rows.map(row => ({
      ...(JSON.parse(row.payload) as JobHappening),
      number: row.number,
      at: toDate(row.at),
    }));
  }

  async warnings(id: JobId, upTo: number, limit: number): Promise<Warning[]> {
    const rows = await this.#knex('herald_job_event')
      .where({ job_id: id, type: 'warning' })
      .where('number', '<=', upTo)
      .orderBy('number')
      .limit(limit)
      .select('payload');
    return rows.map(({ payload }) => JSON.parse(payload).warning as Warning);
  }

  async publication(id: JobId): Promise<PublishedPages | undefined> {
    const row = await this.#knex<JobRow>('herald_job')
      .where({ id })
      .first('publication');
    return row?.publication ? readPublication(row.publication) : undefined;
  }

  async purge(endedBefore: Date, limit: number): Promise<number> {
    const old = this.#knex('herald_job')
      .where('ended_at', '<', endedBefore.getTime())
      .orderBy('ended_at')
      .limit(limit)
      .select('id');
    return this.#knex('herald_job')
      .whereIn('id', await idsOf(old))
      .delete();
  }

  async #apply(
    tx: Knex.Transaction,
    row: JobRow,
    change: JobChange,
  ): Promise<Job> {
    const at = this.#now();
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
      update.title = change.title.slice(0, LONGEST_TITLE);
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
    await tx<JobRow>('herald_job').where({ id: row.id }).update(update);
    if (change.state === 'COMPLETED' && publication && !before.dryRun) {
      await storePublished(tx, {
        ...readPublication(publication),
        solution: row.solution,
        jobId: row.id,
        at,
      });
    }
    await this.#append(tx, before.id, [
      ...happenings,
      ...(change.happenings ?? []),
    ]);
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
    const row = await tx<JobRow>('herald_job')
      .where({ solution, status: 'QUEUED' })
      .orderBy('id')
      .first();
    if (!row || !(await this.#takeSolution(tx, row, at))) {
      return;
    }
    await this.#append(tx, row.id as JobId, [{ type: 'job' }]);
    const started = await this.#read(tx, row.id);
    await this.#work.enqueue(tx, [
      { kind: 'publish', payload: { jobId: row.id }, key: row.id },
      { kind: 'notify', payload: { jobId: row.id, moment: 'processing' } },
      ...followUps(started, at, 'job-status-changed'),
    ]);
  }

  async #takeSolution(
    tx: Knex.Transaction,
    row: JobRow,
    at: Date,
  ): Promise<boolean> {
    const { id, solution } = row;
    const running = await tx('herald_job')
      .where({ running_solution: solution })
      .first('id');
    if (running) {
      return false;
    }
    const job = toJob(row);
    await tx<JobRow>('herald_job')
      .where({ id })
      .update({
        status: 'STARTED',
        running_solution: solution,
        started_at: at.getTime(),
        updated_at: at.getTime(),
        steps: writeSteps([...job.steps, { state: 'STARTED', at }]),
      });
    return true;
  }

  async #append(
    tx: Knex.Transaction,
    id: JobId,
    happenings: readonly JobHappening[],
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
    const at = this.#now().getTime();
    await tx.batchInsert(
      'herald_job_event',
      happenings.map((happening, index) => ({
        job_id: id,
        number: last - happenings.length + 1 + index,
        type: happening.type,
        payload: JSON.stringify(happening),
        at,
      })),
      100,
    );
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

async function idsOf(query: PromiseLike<{ id: string }[]>): Promise<string[]> {
  return (await query).map(({ id }) => id);
}
