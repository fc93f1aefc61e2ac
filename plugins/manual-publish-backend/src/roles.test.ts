import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';
import { ADA, GUEST } from './__testUtils__/startManualPublish';

const databases = testEngines();
const OTHER_PUBLISHER = 'user:default/grace';
const READER = 'user:default/rosa';

/** ADA administers; GUEST has asked for the job. */
const roles = [
  ['who asked for it', GUEST, { cancel: true, retry: true }],
  ['another publisher', OTHER_PUBLISHER, { cancel: false, retry: false }],
  ['a reader', READER, { cancel: false, retry: false }],
  ['an administrator', ADA, { cancel: true, retry: true }],
] as const;

describe('a job and those who did not ask for it', () => {
  let manuals: SmallManuals;
  let id: string;

  beforeAll(async () => {
    manuals = await startSmallManuals(databases, 'SQLITE_3', {
      config: { permission: { enabled: false } },
      manualPublish: {
        publishers: [GUEST, OTHER_PUBLISHER],
        administrators: [ADA],
      },
    });
    manuals.sandbox.git.faults.add({ status: 404 });
    id = await manuals.ask(manuals.manual().order, GUEST);
    await manuals.ended(id);
  });
  afterAll(() => manuals.stop());

  it.each(roles)(
    '%s sees it, its place in the list and its stream',
    async (_who, userRef) => {
      const { body } = await manuals.get(`/jobs/${id}`, userRef).expect(200);
      expect(body).toMatchObject({ id, requested_by: GUEST });
      const list = await manuals.get('/jobs', userRef).expect(200);
      expect(list.body.jobs).toContainEqual(expect.objectContaining({ id }));
      const stream = await manuals.watch(id, undefined, userRef);
      await stream.ended;
    },
  );

  it.each(roles)(
    '%s is told what they may do with it, and may do that alone',
    async (_who, userRef, allowed) => {
      const { body } = await manuals.get(`/jobs/${id}`, userRef).expect(200);
      // What has ended is not cancelled any more, by nobody.
      expect(body.may).toEqual({ cancel: false, retry: allowed.retry });
      const cancelled = await manuals.post(`/jobs/${id}/cancel`, {}, userRef);
      expect(cancelled.status).toBe(allowed.cancel ? 409 : 403);
      const retried = await manuals.post(`/jobs/${id}/retry`, {}, userRef);
      expect(retried.status).toBe(allowed.retry ? 202 : 403);
      if (retried.status === 202) await manuals.ended(retried.body.job_id);
    },
  );

  describe('while it goes on', () => {
    let running: string;
    beforeAll(async () => {
      manuals.mend();
      manuals.sandbox.notion.faults.add({ path: /blocks/, delayMs: 60_000 });
      running = await manuals.ask(manuals.manual().order, GUEST);
    });

    it.each(roles)(
      '%s is told whether they may cancel it, by itself, in the list and in its stream',
      async (_who, userRef, { cancel }) => {
        const may = { cancel, retry: false };
        const whole = await manuals.get(`/jobs/${running}`, userRef);
        expect(whole.body.may).toEqual(may);
        const list = await manuals.get('/jobs', userRef).expect(200);
        expect(list.body.jobs).toContainEqual(
          expect.objectContaining({ id: running, may }),
        );
        const stream = await manuals.watch(running, undefined, userRef);
        const first = await stream.until(({ event }) => event === 'job');
        expect(JSON.parse(first.data).job.may).toEqual(may);
        stream.close();
      },
    );

    it('nobody is told so any more once it is to be cancelled', async () => {
      await manuals.post(`/jobs/${running}/cancel`).expect(200);
      const { body } = await manuals.get(`/jobs/${running}`).expect(200);
      expect(body.may.cancel).toBe(false);
      expect(await manuals.ended(running)).toMatchObject({
        status: 'CANCELLED',
      });
    });
  });
});
