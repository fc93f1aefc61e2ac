import { mockCredentials } from '@backstage/backend-test-utils';
import { Notification } from '@herald/backstage-plugin-notifications-common';
import { testEngines } from '@herald/test-utils';
import request from 'supertest';
import { Told, listeners } from './__testUtils__/listeners';
import {
  SmallManuals,
  startSmallManuals,
  until,
} from './__testUtils__/smallManuals';
import { ADA, GUEST } from './__testUtils__/startManualPublish';

const databases = testEngines();

describe.each(databases.eachSupportedId())('who is told, on %s', engine => {
  const told: Told[] = [];
  let manuals: SmallManuals;

  beforeAll(async () => {
    manuals = await startSmallManuals(databases, engine, {
      otherKnex: { notifications: await databases.init(engine) },
      features: listeners(told),
    });
  });
  afterAll(() => manuals.stop());
  afterEach(() => manuals.mend());

  const messagesOf = async (userRef: string, solution: string) => {
    const { body } = await request(manuals.server)
      .get('/api/notifications/notifications')
      .set('Authorization', mockCredentials.user.header(userRef))
      .expect(200);
    return (body as Notification[]).filter(
      message => message.solution === solution,
    );
  };

  it('the one who asked has one message, which says that it is under way and then how it ended', async () => {
    const manual = manuals.manual();
    manuals.sandbox.notion.faults.add({ path: /blocks/, delayMs: 500 });
    const id = await manuals.ask(manual.order);
    await until(
      async () => (await messagesOf(GUEST, manual.solution)).length > 0,
    );
    const [underWay] = await messagesOf(GUEST, manual.solution);
    expect(underWay).toMatchObject({
      type: 'processing',
      origin: 'manual-publish',
      solution: manual.solution,
      link: `/manual-publish/jobs/${id}`,
      title: expect.stringContaining('is being published'),
    });
    manuals.mend();
    await manuals.ended(id);
    await until(async () =>
      (
        await messagesOf(GUEST, manual.solution)
      ).every(({ type }) => type !== 'processing'),
    );
    const messages = await messagesOf(GUEST, manual.solution);
    expect(messages).toEqual([
      expect.objectContaining({
        id: underWay.id,
        type: 'success',
        document_title: `Guide of ${manual.solution}`,
        solution: manual.solution,
        link: `/manual-publish/jobs/${id}`,
        title: `Guide of ${manual.solution} published`,
        readByUser: false,
      }),
    ]);
    expect(await messagesOf(ADA, manual.solution)).toEqual([]);
  });

  it('of a job that failed the message says why', async () => {
    const manual = manuals.manual();
    manuals.sandbox.git.faults.add({ status: 404 });
    const job = await manuals.publish(manual.order, ADA);
    await until(async () =>
      (
        await messagesOf(ADA, manual.solution)
      ).some(({ type }) => type === 'error'),
    );
    expect(await messagesOf(ADA, manual.solution)).toEqual([
      expect.objectContaining({
        severity: 'high',
        message: `REPO_ACCESS: ${job.failure?.detail}`,
        link: `/manual-publish/jobs/${job.id}`,
      }),
    ]);
  });

  it('other plugins are told of each change of state', async () => {
    const manual = manuals.manual();
    const job = await manuals.publish(manual.order);
    const ofJob = () => told.filter(({ jobId }) => jobId === job.id);
    await until(() => ofJob().length >= job.steps.length);
    const byState = new Map(ofJob().map(each => [each.status, each]));
    expect([...byState.keys()].sort()).toEqual(
      job.steps.map(({ status }) => status).sort(),
    );
    for (const [status, event] of byState) {
      expect(event).toEqual({
        type:
          {
            QUEUED: 'job-created',
            COMPLETED: 'job-completed',
          }[status] ?? 'job-status-changed',
        jobId: job.id,
        status,
        solution: manual.solution,
        pageId: manual.id(),
        title: expect.any(String),
        requestedBy: GUEST,
        at: expect.stringMatching(/Z$/),
      });
    }
    expect(ofJob()).toHaveLength(job.steps.length);
  });
});
