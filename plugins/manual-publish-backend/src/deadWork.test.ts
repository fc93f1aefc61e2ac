import { mockServices } from '@backstage/backend-test-utils';
import { testEngines } from '@herald/test-utils';
import { PermanentFailure, WorkQueue } from '@herald/work-queue';
import { until } from './__testUtils__/smallManuals';
import {
  ADA,
  GUEST,
  Portal,
  startManualPublish,
} from './__testUtils__/startManualPublish';
import { WORK_PREFIX } from './database/migrate';
import { JobWork } from './publishing/JobWork';

const databases = testEngines();
const JOB = '0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11';

describe.each(databases.eachSupportedId())('dead work on %s', engine => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startManualPublish(databases, engine, {
      config: { permission: { enabled: false } },
      manualPublish: {
        solutions: [{ name: 'ZCP', rootPageId: '1'.repeat(32) }],
        publishers: [GUEST],
        administrators: [ADA],
      },
    });
    const work = new WorkQueue<JobWork>({
      knex: portal.knex,
      prefix: WORK_PREFIX,
      logger: mockServices.logger.mock(),
    });
    await work.enqueue(portal.knex, [
      { kind: 'notify', payload: { jobId: JOB, moment: 'ended' } },
      { kind: 'notify', payload: { jobId: JOB, moment: 'processing' } },
      { kind: 'republish', payload: { solution: 'ZCP' } },
    ]);
    for (const kind of ['notify', 'republish'] as const) {
      work.process(kind, async () => {
        throw new PermanentFailure('refused');
      });
    }
    work.start();
    await until(async () => (await work.deadItems()).length === 3);
    await work.stop();
  });
  afterAll(() => portal.stop());

  const list = async (query = '') =>
    (await portal.get(`/work/dead${query}`, ADA).expect(200)).body;
  const states = async () =>
    (await portal.knex(`${WORK_PREFIX}work`).orderBy('id')).map(
      ({ kind, state }) => `${kind} ${state}`,
    );

  it('is listed with what it is about, page by page and by kind', async () => {
    const [first, second, third] = await list();
    expect(first).toEqual({
      id: expect.any(String),
      kind: 'notify',
      attempts: 1,
      last_error: 'refused',
      created_at: expect.any(String),
      died_at: expect.any(String),
      job_id: JOB,
      solution: null,
    });
    expect(third).toMatchObject({
      kind: 'republish',
      job_id: null,
      solution: 'ZCP',
    });
    expect(await list(`?limit=1&after=${first.id}`)).toEqual([second]);
    expect(await list('?kind=republish')).toEqual([third]);
  });

  it.each([
    {},
    { ids: [] },
    { ids: ['x'] },
    { kind: 'notify', ids: [JOB] },
    { kind: '' },
  ])('is not chosen by %j', async body => {
    for (const action of ['redrive', 'discard']) {
      const { status } = await portal.post(`/work/dead/${action}`, body, ADA);
      expect(status).toBe(400);
    }
  });

  it('is left alone where somebody else than an administrator asks', async () => {
    const before = await states();
    await portal.get('/work/dead', GUEST).expect(403);
    for (const action of ['redrive', 'discard']) {
      const url = `/work/dead/${action}`;
      await portal.post(url, { kind: 'notify' }, GUEST).expect(403);
    }
    expect(await states()).toEqual(before);
  });

  it('is discarded by its ids and driven again by its kind', async () => {
    const [first] = await list();
    const discarded = await portal
      .post('/work/dead/discard', { ids: [first.id.toUpperCase()] }, ADA)
      .expect(200);
    expect(discarded.body).toEqual({ count: 1 });
    const driven = await portal
      .post('/work/dead/redrive', { kind: 'notify' }, ADA)
      .expect(200);
    expect(driven.body).toEqual({ count: 1 });
    expect(await states()).toEqual(['notify open', 'republish dead']);
    const again = await portal
      .post('/work/dead/redrive', { kind: 'notify' }, ADA)
      .expect(200);
    expect(again.body).toEqual({ count: 0 });
  });
});
