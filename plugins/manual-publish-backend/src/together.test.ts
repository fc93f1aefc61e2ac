import { JobState } from '@herald/backstage-plugin-manual-publish-common';
import { testEngines } from '@herald/test-utils';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gitWrapper } from './__testUtils__/gitWrapper';
import {
  SmallManuals,
  expectNoTrace,
  startSmallManuals,
  until,
} from './__testUtils__/smallManuals';
import { ADA, GUEST } from './__testUtils__/startManualPublish';

const databases = testEngines();
const BOB = 'user:default/bob';
const SLOW_MS = 4_000;

describe.each(databases.eachSupportedId())('several people, on %s', engine => {
  let git: Awaited<ReturnType<typeof gitWrapper>>;
  let manuals: SmallManuals;

  beforeAll(async () => {
    git = await gitWrapper();
    manuals = await startSmallManuals(databases, engine, {
      config: { permission: { enabled: false } },
      manualPublish: { publishers: [GUEST, ADA], administrators: [BOB] },
    });
  });
  afterAll(async () => {
    await manuals.stop();
    await git.remove();
  });
  afterEach(async () => {
    await git.mend();
    manuals.mend();
  });

  it('publish the same solution one after another, and others at once', async () => {
    const same = manuals.manual();
    const others = [manuals.manual(), manuals.manual()];
    const before = (await manuals.repository.log()).length;
    const ids = await Promise.all([
      manuals.ask(same.order),
      manuals.ask(same.order, ADA),
      manuals.ask(same.order, BOB),
      ...others.map(each => manuals.ask(each.order, ADA)),
    ]);
    const jobs = await Promise.all(ids.map(manuals.ended));
    expect(jobs.map(({ status }) => status)).toEqual(
      Array(5).fill('COMPLETED'),
    );
    // One of the three has published, the others found nothing to do.
    expect(jobs.slice(0, 3).filter(job => !job.unchanged)).toHaveLength(1);
    expect((await manuals.repository.log()).length - before).toBe(6);
    const times = jobs
      .slice(0, 3)
      .map(job => [
        Date.parse(job.started_at ?? ''),
        Date.parse(job.ended_at ?? ''),
      ])
      .sort(([a], [b]) => a - b);
    for (const [index, [started]] of times.slice(1).entries()) {
      expect(started).toBeGreaterThanOrEqual(times[index][1]);
    }
    for (const { solution, folder } of [same, ...others]) {
      expect(await manuals.repository.read(`${folder}/index.mdx`)).toContain(
        `What ${solution} is for`,
      );
    }
  });

  /** Makes a state last until it is mended. */
  const slowDown: Partial<Record<JobState, () => unknown>> = {
    CHECKING_REPO: () =>
      manuals.sandbox.git.faults.add({ path: /info\/refs/, delayMs: SLOW_MS }),
    EXPORTING: () =>
      manuals.sandbox.notion.faults.add({ path: /blocks/, delayMs: SLOW_MS }),
    EXPORT_COMMIT: () => git.on('commit', `exec sleep ${SLOW_MS / 1000}`),
    TRANSLATING: () => manuals.sandbox.openAi.faults.add({ delayMs: SLOW_MS }),
  };

  async function untilIn(id: string, state: JobState): Promise<void> {
    const stream = await manuals.watch(id);
    await stream.until(
      ({ event, data }) =>
        event === 'job' && JSON.parse(data).job.status === state,
    );
    stream.close();
  }

  it.each(Object.keys(slowDown) as JobState[])(
    'a job that is cancelled in %s ends soon, and leaves nothing',
    async state => {
      const manual = manuals.manual();
      const head = await manuals.repository.head();
      await slowDown[state]?.();
      const id = await manuals.ask(manual.order);
      await untilIn(id, state);
      const asked = Date.now();
      const { body } = await manuals.post(`/jobs/${id}/cancel`).expect(200);
      expect(body.may).toEqual({ cancel: false, retry: false });
      const job = await manuals.ended(id);
      expect(Date.now() - asked).toBeLessThan(SLOW_MS);
      expect(job).toMatchObject({ status: 'CANCELLED', failure: null });
      expect(job.steps.slice(-2).map(({ status }) => status)).toEqual([
        state,
        'CANCELLED',
      ]);
      await expectNoTrace(manuals, job, head);
    },
  );

  it('a job that waits is cancelled at once; the next that waits starts', async () => {
    const manual = manuals.manual();
    manuals.sandbox.notion.faults.add({ path: /blocks/, delayMs: 1_000 });
    const first = await manuals.ask(manual.order);
    const second = await manuals.ask(manual.order);
    const third = await manuals.ask(manual.order);
    const { body } = await manuals.post(`/jobs/${second}/cancel`).expect(200);
    expect(body.status).toBe('CANCELLED');
    manuals.mend();
    expect((await manuals.ended(first)).status).toBe('COMPLETED');
    expect(await manuals.ended(third)).toMatchObject({
      status: 'COMPLETED',
      unchanged: true,
    });
  });

  it('nobody cancels a job once its push has begun: the remote may have taken it', async () => {
    const manual = manuals.manual();
    const head = await manuals.repository.head();
    // The branch has moved by then, and the client does not know.
    const hook = path.join(manuals.repository.directory, 'hooks/post-receive');
    await writeFile(hook, '#!/bin/sh\nsleep 2\n', { mode: 0o755 });
    const id = await manuals.ask(manual.order);
    await until(async () => (await manuals.repository.head()) !== head);
    await manuals.post(`/jobs/${id}/cancel`).expect(409);
    const job = await manuals.ended(id);
    await rm(hook);
    expect(job).toMatchObject({ status: 'COMPLETED', unchanged: false });
    expect(job.commits).toHaveLength(2);
    expect(await manuals.leftOvers(job)).toEqual([]);
  });

  it('others’ jobs are cancelled and tried again only by administrators', async () => {
    const manual = manuals.manual();
    manuals.sandbox.notion.faults.add({ path: /blocks/, delayMs: 500 });
    const id = await manuals.ask(manual.order);
    const forbidden = await manuals.post(`/jobs/${id}/cancel`, {}, ADA);
    expect(forbidden.status).toBe(403);
    expect(forbidden.body.error.message).toMatch(/not yours/);
    await manuals.post(`/jobs/${id}/cancel`, {}, BOB).expect(200);
    manuals.mend();
    const job = await manuals.ended(id);
    expect(job).toMatchObject({ status: 'CANCELLED', may: { retry: true } });
    const asAda = await manuals.get(`/jobs/${id}`, ADA).expect(200);
    expect(asAda.body.may).toEqual({ cancel: false, retry: false });
    await manuals.post(`/jobs/${id}/retry`, {}, ADA).expect(403);
    const { body } = await manuals
      .post(`/jobs/${id}/retry`, {}, BOB)
      .expect(202);
    expect(await manuals.ended(body.job_id)).toMatchObject({
      status: 'COMPLETED',
      requested_by: BOB,
      retry_of: id,
    });
    await manuals.post(`/jobs/${body.job_id}/retry`, {}, BOB).expect(409);
  });
});
