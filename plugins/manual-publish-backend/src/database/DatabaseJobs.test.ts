import { testEngines } from '@herald/test-utils';
import { WorkQueue } from '@herald/work-queue';
import { mockServices } from '@backstage/backend-test-utils';
import {
  JobState,
  isFinal,
  jobMoves,
} from '@herald/backstage-plugin-manual-publish-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { Job, JobId, JobOrder } from '../publishing/Job';
import { Holder, JobLost } from '../publishing/JobStore';
import { JobWork } from '../publishing/JobWork';
import { IllegalMove } from '../publishing/moves';
import { DatabaseJobs } from './DatabaseJobs';
import { DatabaseManuals } from './DatabaseManuals';
import { WORK_PREFIX, migrationConfig } from './migrate';

const databases = testEngines();
const START = Date.parse('2026-11-22T08:00:00Z');

const order = (fields: Partial<JobOrder> = {}): JobOrder => ({
  solution: 'ZCP',
  pageId: '11111111-1111-1111-1111-111111111111',
  title: 'Manual',
  targetLanguages: ['ko', 'ja'],
  dryRun: false,
  force: false,
  updateSlugs: false,
  requestedBy: 'user:default/guest',
  ...fields,
});

const WHOLE_WAY: JobState[] = [
  'CHECKING_REPO',
  'CLONING',
  'EXPORTING',
  'EXPORT_COMMIT',
  'TRANSLATING',
  'TRANSLATION_COMMIT',
  'PUSHING',
  'COMPLETED',
];

describe.each(databases.eachSupportedId())('DatabaseJobs on %s', engine => {
  let knex: Knex;
  let now: number;
  let jobs: DatabaseJobs;
  let changes: number;

  beforeAll(async () => {
    knex = await databases.init(engine);
    await knex.migrate.latest(migrationConfig);
  });

  beforeEach(async () => {
    await knex('herald_job').delete();
    await knex('herald_published_page').delete();
    await knex(`${WORK_PREFIX}work`).delete();
    now = START;
    changes = 0;
    jobs = new DatabaseJobs(knex, {
      work: new WorkQueue<JobWork>({
        knex,
        prefix: WORK_PREFIX,
        logger: mockServices.logger.mock(),
      }),
      now: () => new Date(now),
      onChange: () => changes++,
    });
  });

  const openWork = async (kind: string) =>
    (
      await knex(`${WORK_PREFIX}work`)
        .where({ kind, state: 'open' })
        .orderBy('id')
    ).map(({ payload }) => JSON.parse(payload));

  async function taken(id: JobId): Promise<Holder> {
    const claim = await jobs.take(id);
    if (!claim) {
      throw new Error('The job has ended');
    }
    return claim.holder;
  }

  async function finish(job: Job): Promise<void> {
    const holder = await taken(job.id);
    for (const state of WHOLE_WAY) {
      await jobs.change(job.id, holder, { state });
    }
  }

  it('a job starts at once, with its work, its events and its announcements', async () => {
    const job = await jobs.create(order());
    expect(job).toMatchObject({
      ...order(),
      state: 'STARTED',
      startedAt: new Date(START),
      endedAt: undefined,
      eventCount: 2,
      steps: [{ state: 'QUEUED' }, { state: 'STARTED' }],
    });
    expect(await jobs.find(job.id)).toEqual(job);
    expect(await openWork('publish')).toEqual([{ jobId: job.id }]);
    expect(await openWork('notify')).toEqual([
      { jobId: job.id, moment: 'processing' },
    ]);
    expect((await openWork('announce')).map(({ type }) => type)).toEqual([
      'job-created',
      'job-status-changed',
    ]);
    expect(changes).toBe(1);
  });

  it('a second one of the solution waits until the first has ended, one of another does not', async () => {
    const first = await jobs.create(order());
    const second = await jobs.create(order());
    const third = await jobs.create(order());
    const other = await jobs.create(order({ solution: 'APIM' }));
    expect([first, second, third, other].map(({ state }) => state)).toEqual([
      'STARTED',
      'QUEUED',
      'QUEUED',
      'STARTED',
    ]);

    await finish(first);
    expect((await jobs.find(second.id))?.state).toBe('STARTED');
    expect((await jobs.find(third.id))?.state).toBe('QUEUED');
    expect(await openWork('publish')).toEqual(
      expect.arrayContaining([{ jobId: second.id }]),
    );
  });

  it('many that come at once run one after another, and all run', async () => {
    const created = await Promise.all(
      Array.from({ length: 8 }, () => jobs.create(order())),
    );
    const ended: string[] = [];
    while (ended.length < created.length) {
      const running = await jobs.list({ states: ['STARTED'] }, { limit: 10 });
      expect(running).toHaveLength(1);
      // One ends while another comes and is given up again.
      const [late] = await Promise.all([
        jobs.create(order()),
        finish(running[0]),
      ]);
      ended.push(running[0].id);
      await jobs.cancel(late.id);
      const current = await jobs.find(late.id);
      if (current && !isFinal(current.state)) {
        await jobs.change(late.id, await taken(late.id), {
          state: 'CANCELLED',
        });
      }
    }
    expect([...ended].sort()).toEqual(created.map(({ id }) => id).sort());
  });

  it('only the last who took a job can change it, and nobody once it has ended', async () => {
    const { id } = await jobs.create(order());
    const before = await taken(id);
    const after = await taken(id);
    await expect(
      jobs.change(id, before, { state: 'CHECKING_REPO' }),
    ).rejects.toThrow(JobLost);
    await jobs.change(id, after, { state: 'CHECKING_REPO' });
    await jobs.fail(id, { reason: 'INTERNAL', detail: 'died' });
    await expect(jobs.change(id, after, { title: 'Late' })).rejects.toThrow(
      JobLost,
    );
    expect(await jobs.take(id)).toBeUndefined();
    expect(await jobs.find(id)).toMatchObject({
      state: 'FAILED',
      failure: { reason: 'INTERNAL', detail: 'died' },
    });
  });

  it('refuses moves that the table lacks, and changes nothing then', async () => {
    const job = await jobs.create(order());
    const holder = await taken(job.id);
    await expect(
      jobs.change(job.id, holder, {
        state: 'PUSHING',
        happenings: [{ type: 'log', message: 'no' }],
      }),
    ).rejects.toThrow(IllegalMove);
    expect(await jobs.find(job.id)).toEqual(job);
  });

  it('tells what happened after a number, and the warnings by themselves', async () => {
    const { id, eventCount } = await jobs.create(order());
    const holder = await taken(id);
    await jobs.change(id, holder, {
      state: 'CHECKING_REPO',
      happenings: [
        { type: 'log', message: 'looking' },
        {
          type: 'warning',
          warning: { code: 'odd', message: 'Odd', pageId: 'p' },
        },
      ],
    });
    const progress = { pages: { done: 1, total: 2 }, languages: [] };
    const job = await jobs.change(id, holder, { progress });
    expect(await jobs.happeningsAfter(id, eventCount, 10)).toEqual([
      { type: 'job', number: 3, at: new Date(START) },
      { type: 'log', message: 'looking', number: 4, at: new Date(START) },
      {
        type: 'warning',
        warning: { code: 'odd', message: 'Odd', pageId: 'p' },
        number: 5,
        at: new Date(START),
      },
      {
        type: 'progress',
        progress,
        cost: job.cost,
        number: 6,
        at: new Date(START),
      },
    ]);
    expect(await jobs.happeningsAfter(id, 4, 1)).toMatchObject([{ number: 5 }]);
    expect(job).toMatchObject({ warningCount: 1, eventCount: 6, progress });
    expect(await jobs.warnings(id, 5, 10)).toEqual([
      { code: 'odd', message: 'Odd', pageId: 'p' },
    ]);
    expect(await jobs.warnings(id, 4, 10)).toEqual([]);
    expect(await jobs.pulses([id, 'none' as JobId])).toEqual(
      new Map([[id, { eventCount: 6, hasEnded: false }]]),
    );
  });

  it('keeps of progress what is newest, so that who comes back late has a true picture of little', async () => {
    const { id, eventCount } = await jobs.create(order());
    const holder = await taken(id);
    const progress = (done: number) => ({
      pages: { done, total: 50 },
      languages: [],
    });
    const log = (message: string) => ({ type: 'log', message } as const);
    await jobs.change(id, holder, { state: 'CHECKING_REPO' });
    for (let done = 1; done <= 50; done += 1) {
      await jobs.change(id, holder, {
        progress: progress(done),
        happenings: done % 25 === 0 ? [log(`${done} are read`)] : [],
      });
    }
    expect(await jobs.happeningsAfter(id, eventCount + 5, 100)).toMatchObject([
      log('25 are read'),
      { type: 'progress', progress: progress(50) },
      log('50 are read'),
    ]);
    // The number of the last stays that of the job: a watcher waits for it.
    const last = (await jobs.happeningsAfter(id, 0, 100)).at(-1)?.number;
    expect((await jobs.find(id))?.eventCount).toBe(last);

    await jobs.change(id, holder, { state: 'CLONING' });
    const told = await jobs.happeningsAfter(id, eventCount, 100);
    expect(told.map(({ type }) => type)).toEqual(['job', 'log', 'log', 'job']);
    expect((await jobs.find(id))?.progress).toEqual(progress(50));
  });

  it('cancels what waits at once, and asks what runs', async () => {
    const running = await jobs.create(order());
    const waiting = await jobs.create(order());
    expect(await jobs.cancel(waiting.id)).toMatchObject({ state: 'CANCELLED' });
    expect(await jobs.cancel(waiting.id)).toBe('ended');
    expect(await jobs.cancel(running.id)).toMatchObject({
      state: 'STARTED',
      cancelRequested: true,
    });
    expect(await jobs.cancel('none' as JobId)).toBeUndefined();
  });

  it('lists the newest first, filtered, page by page', async () => {
    const a = await jobs.create(order());
    const b = await jobs.create(order({ solution: 'APIM' }));
    const c = await jobs.create(order({ requestedBy: 'user:default/other' }));
    const ids = async (...args: Parameters<typeof jobs.list>) =>
      (await jobs.list(...args)).map(({ id }) => id);
    expect(await ids({}, { limit: 2 })).toEqual([c.id, b.id]);
    expect(await ids({}, { limit: 2, before: b.id })).toEqual([a.id]);
    expect(await ids({ solution: 'ZCP' }, { limit: 9 })).toEqual([c.id, a.id]);
    expect(await ids({ states: ['QUEUED'] }, { limit: 9 })).toEqual([c.id]);
    expect(
      await ids({ requestedBy: 'user:default/other' }, { limit: 9 }),
    ).toEqual([c.id]);
  });

  it('notes what was published with the end of the job', async () => {
    const manuals = new DatabaseManuals(knex);
    const { id } = await jobs.create(order());
    const holder = await taken(id);
    const page = (pageId: string) => ({
      pageId,
      path: `docs/zcp/${pageId}.mdx`,
      editedAt: new Date(START - 60_000),
      readAt: new Date(START),
    });
    for (const state of WHOLE_WAY.slice(0, -1)) {
      await jobs.change(id, holder, { state });
    }
    await jobs.change(id, holder, {
      publication: {
        pages: Array.from({ length: 250 }, (_, index) => page(`p${index}`)),
        removedPageIds: [],
      },
    });
    expect((await manuals.lastPublished('ZCP')).size).toBe(0);
    await jobs.change(id, holder, { state: 'COMPLETED' });
    const published = await manuals.lastPublished('ZCP');
    expect(published.size).toBe(250);
    expect(published.get('p7')).toEqual({
      publishedAt: new Date(START),
      editedAt: new Date(START - 60_000),
      readAt: new Date(START),
    });

    const next = await jobs.create(order());
    const nextHolder = await taken(next.id);
    for (const state of WHOLE_WAY.slice(0, -1)) {
      await jobs.change(next.id, nextHolder, { state });
    }
    now += 1000;
    await jobs.change(next.id, nextHolder, {
      state: 'COMPLETED',
      publication: { pages: [page('p1')], removedPageIds: ['p2'] },
    });
    const later = await manuals.lastPublished('ZCP');
    expect(later.size).toBe(249);
    expect(later.get('p1')?.publishedAt).toEqual(new Date(START + 1000));
  });

  it('finds running jobs without work, and removes old ones with their events', async () => {
    const lost = await jobs.create(order());
    const held = await jobs.create(order({ solution: 'APIM' }));
    await knex(`${WORK_PREFIX}work`)
      .where({ kind: 'publish', key: lost.id })
      .update({ state: 'dead' });
    expect(await jobs.abandoned()).toEqual([lost.id]);
    expect((await jobs.unfinished()).sort()).toEqual([lost.id, held.id].sort());
    await jobs.fail(lost.id, { reason: 'INTERNAL', detail: 'died' });
    expect(await jobs.abandoned()).toEqual([]);

    expect(await jobs.purge(new Date(START), 10)).toBe(0);
    expect(await jobs.purge(new Date(START + 1), 10)).toBe(1);
    expect(await knex('herald_job_event').where({ job_id: lost.id })).toEqual(
      [],
    );
    expect(await jobs.find(held.id)).toBeDefined();
  });

  it('whatever moves are tried, only those of the table happen, and one job a solution runs', async () => {
    const states = Object.keys(jobMoves) as JobState[];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...states), { maxLength: 12 }),
        async moves => {
          const job = await jobs.create(order({ solution: `S${now}` }));
          now += 1;
          const waiting = await jobs.create(order({ solution: job.solution }));
          const holder = await taken(job.id);
          let state: JobState = job.state;
          for (const move of moves) {
            const isLegal = jobMoves[state].includes(move);
            const outcome = await jobs
              .change(job.id, holder, { state: move })
              .then(({ state: reached }) => reached)
              .catch(error => error.name as string);
            const refusal = isFinal(state) ? 'JobLost' : 'IllegalMove';
            const isDone = isLegal && !isFinal(state);
            expect(outcome).toBe(isDone ? move : refusal);
            state = isDone ? move : state;
          }
          expect((await jobs.find(waiting.id))?.state).toBe(
            isFinal(state) ? 'STARTED' : 'QUEUED',
          );
        },
      ),
      { numRuns: 25 },
    );
  });
});
