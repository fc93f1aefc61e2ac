import { mockServices } from '@backstage/backend-test-utils';
import { testEngines } from '@herald/test-utils';
import { PermanentFailure, WorkQueue } from '@herald/work-queue';
import { until } from './__testUtils__/smallManuals';
import { DatabaseJobs } from './database/DatabaseJobs';
import { migratedDatabase } from './database/__testUtils__/migratedDatabase';
import { WORK_PREFIX } from './database/migrate';
import { JobWork } from './publishing/JobWork';
import { endAbandonedJobs, forgetDeadWork } from './scheduleChores';

const databases = testEngines();

describe.each(databases.eachSupportedId())('abandoned jobs on %s', engine => {
  it('end, and who waits for the solution starts', async () => {
    const knex = await migratedDatabase(databases, engine);
    const logger = mockServices.logger.mock();
    const work = new WorkQueue<JobWork>({ knex, prefix: WORK_PREFIX, logger });
    const jobs = new DatabaseJobs(knex, {
      work,
      now: () => new Date(),
      onChange: () => {},
    });
    const order = {
      solution: 'ZCP',
      pageId: '11111111-1111-1111-1111-111111111111',
      title: 'Manual',
      targetLanguages: [],
      dryRun: false,
      force: false,
      updateSlugs: false,
      requestedBy: 'user:default/guest',
    };
    const first = await jobs.create(order);
    const healthy = await jobs.create({ ...order, solution: 'APIM' });
    const second = await jobs.create(order);
    // The processes that did it died, one after another.
    work.process('publish', async ({ item }) => {
      if (item.payload.jobId === first.id) throw new PermanentFailure('killed');
      await new Promise(() => {});
    });
    work.start();
    await until(async () => (await work.deadItems()).length > 0);

    const options = { jobs, work, logger };
    expect(await endAbandonedJobs(options)).toBe(1);
    expect(await jobs.find(first.id)).toMatchObject({
      state: 'FAILED',
      failure: {
        reason: 'INTERNAL',
        detail: expect.stringContaining('ended again and again'),
      },
    });
    expect(await jobs.find(second.id)).toMatchObject({ state: 'STARTED' });
    expect(await jobs.find(healthy.id)).toMatchObject({ state: 'STARTED' });
    expect(await work.deadItems()).toEqual([]);
    expect((await work.counts()).get('publish')).toMatchObject({ dead: 0 });
    expect(await endAbandonedJobs(options)).toBe(0);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining(first.id),
    );
    await work.stop({ timeoutMs: 1 });
  });
});

describe.each(databases.eachSupportedId())('dead work on %s', engine => {
  it('that tells somebody is forgotten some day, and that of jobs is not', async () => {
    const knex = await migratedDatabase(databases, engine);
    const work = new WorkQueue<JobWork>({
      knex,
      prefix: WORK_PREFIX,
      logger: mockServices.logger.mock(),
    });
    await work.enqueue(knex, [
      { kind: 'notify', payload: { jobId: 'a', moment: 'ended' } },
      { kind: 'publish', payload: { jobId: 'a' } },
    ]);
    for (const kind of ['notify', 'publish'] as const) {
      work.process(kind, async () => {
        throw new PermanentFailure('refused');
      });
    }
    work.start();
    await until(async () => (await work.deadItems()).length === 2);
    const kinds = async () =>
      (await work.deadItems()).map(({ kind }) => kind).sort();

    await forgetDeadWork({ work, diedBefore: new Date(0) });
    expect(await kinds()).toEqual(['notify', 'publish']);
    await forgetDeadWork({ work, diedBefore: new Date(Date.now() + 60_000) });
    expect(await kinds()).toEqual(['publish']);
    await work.stop();
  });
});
