import { isFinal } from '@herald/backstage-plugin-manual-publish-common';
import { testEngines } from '@herald/test-utils';
import { JobId } from '../publishing/Job';
import { DatabaseJobs } from './DatabaseJobs';
import { DatabaseManuals } from './DatabaseManuals';
import {
  JobsUnderTest,
  START,
  WHOLE_WAY,
  order,
} from './__testUtils__/JobsUnderTest';
import { WORK_PREFIX } from './migrate';

const databases = testEngines();
describe.each(databases.eachSupportedId())('DatabaseJobs on %s', engine => {
  let store: JobsUnderTest;
  let jobs: DatabaseJobs;
  beforeAll(async () => {
    store = await JobsUnderTest.start(databases, engine);
    jobs = store.jobs;
  });
  beforeEach(() => store.clear());

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
    expect(await store.openWork('publish')).toEqual([{ jobId: job.id }]);
    expect(await store.openWork('notify')).toEqual([
      { jobId: job.id, moment: 'processing' },
    ]);
    expect((await store.openWork('announce')).map(({ type }) => type)).toEqual([
      'job-created',
      'job-status-changed',
    ]);
    expect(store.changes).toBe(1);
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

    await store.finish(first);
    expect((await jobs.find(second.id))?.state).toBe('STARTED');
    expect((await jobs.find(third.id))?.state).toBe('QUEUED');
    expect(await store.openWork('publish')).toEqual(
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
        store.finish(running[0]),
      ]);
      ended.push(running[0].id);
      await jobs.cancel(late.id);
      const current = await jobs.find(late.id);
      if (current && !isFinal(current.state)) {
        await jobs.change(late.id, await store.taken(late.id), {
          state: 'CANCELLED',
        });
      }
    }
    expect([...ended].sort()).toEqual(created.map(({ id }) => id).sort());
  });

  it('tells what happened after a number, and the warnings by themselves', async () => {
    const { id, eventCount } = await jobs.create(order());
    const holder = await store.taken(id);
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
    const holder = await store.taken(id);
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
    const manuals = new DatabaseManuals(store.knex);
    const { id } = await jobs.create(order());
    const holder = await store.taken(id);
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
    const nextHolder = await store.taken(next.id);
    for (const state of WHOLE_WAY.slice(0, -1)) {
      await jobs.change(next.id, nextHolder, { state });
    }
    store.now += 1000;
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
    await store
      .knex(`${WORK_PREFIX}work`)
      .where({ kind: 'publish', key: lost.id })
      .update({ state: 'dead' });
    expect(await jobs.abandoned()).toEqual([lost.id]);
    expect((await jobs.unfinished()).sort()).toEqual([lost.id, held.id].sort());
    await jobs.fail(lost.id, { reason: 'INTERNAL', detail: 'died' });
    expect(await jobs.abandoned()).toEqual([]);

    expect(await jobs.purge(new Date(START), 10)).toBe(0);
    expect(await jobs.purge(new Date(START + 1), 10)).toBe(1);
    expect(
      await store.knex('herald_job_event').where({ job_id: lost.id }),
    ).toEqual([]);
    expect(await jobs.find(held.id)).toBeDefined();
  });
});
