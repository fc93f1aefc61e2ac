import { mockCredentials } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { Fault } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { createHmac, randomUUID } from 'node:crypto';
import {
  SmallManuals,
  startSmallManuals,
  until,
} from './__testUtils__/smallManuals';
import { ADA, GUEST } from './__testUtils__/startManualPublish';

const databases = testEngines();
const TOKEN = 'secret_sandbox_verification_token';
const DELAY_MS = 600;

describe.each(databases.eachSupportedId())('the webhook, on %s', engine => {
  let manuals: SmallManuals;
  const clock = { behindMs: 0, now: () => Date.now() - clock.behindMs };
  beforeAll(async () => {
    manuals = await startSmallManuals(databases, engine, {
      clock,
      notion: {
        webhookVerificationToken: TOKEN,
        patience: { milliseconds: 400 },
      },
      manualPublish: { publishOnChange: { delay: { milliseconds: DELAY_MS } } },
    });
  });
  afterAll(() => manuals.stop());
  afterEach(() => manuals.mend());

  /** What was written within the last two minutes is read again anyway. */
  const writtenLongAgo = () => {
    clock.behindMs = 3_600_000;
    const manual = manuals.manual();
    clock.behindMs = 0;
    return manual;
  };
  const url = () => `${manuals.url}/webhook/notion`;
  const changed = (pageId: string) =>
    manuals.sandbox.notion.pageEvent('page.content_updated', pageId);
  const send = (event: ReturnType<typeof changed>) =>
    manuals.sandbox.notion.sendWebhook(url(), event);
  const jobsOf = async (solution: string) =>
    (await manuals.get(`/jobs?solution=${solution}`).expect(200)).body.jobs;
  /** The event of another solution, which comes later, has had its effect: whatever came before it would have had its own. */
  const laterEventIsDone = async () => {
    const later = writtenLongAgo();
    expect((await send(changed(later.id('install')))).status).toBe(204);
    await until(async () => (await jobsOf(later.solution)).length > 0);
    const [{ id }] = await jobsOf(later.solution);
    expect(await manuals.ended(id)).toMatchObject({ status: 'COMPLETED' });
  };

  const post = (
    event: object,
    signedWith = TOKEN,
    body = JSON.stringify(event),
  ) =>
    manuals
      .call('post', '/webhook/notion')
      .set('Content-Type', 'application/json')
      .set(
        'X-Notion-Signature',
        `sha256=${createHmac('sha256', signedWith).update(body).digest('hex')}`,
      )
      .send(body);

  it('publishes a solution once, the delay after many pages were changed', async () => {
    const manual = writtenLongAgo();
    await manuals.publish(manual.order);
    const asked = Date.now();
    const answers = await Promise.all(
      ['install', 'operate', 'backup', 'install'].map(name =>
        send(changed(manual.id(name))),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
    await until(async () => (await jobsOf(manual.solution)).length > 1);
    const [job, ...before] = await jobsOf(manual.solution);
    expect(before).toHaveLength(1);
    expect(job).toMatchObject({
      requested_by: 'service:notion-webhook',
      notion_page_id: manual.id(),
      target_languages: ['ko', 'ja', 'zh'],
    });
    expect(Date.parse(job.created_at) - asked).toBeGreaterThanOrEqual(DELAY_MS);
    expect(await manuals.ended(job.id)).toMatchObject({ status: 'COMPLETED' });
    expect(await jobsOf(manual.solution)).toHaveLength(2);
  });

  it('a page that it tells of is read again, although its time of edit is the same', async () => {
    const { log } = manuals.sandbox.notion;
    const manual = writtenLongAgo();
    await manuals.publish(manual.order);
    const wasRead = () =>
      log.calls.some(({ path }) =>
        path.includes(`/blocks/${manual.id('install')}/children`),
      );
    log.clear();
    await manuals.publish(manual.order);
    expect(wasRead()).toBe(false);
    await send(changed(manual.id('install')));
    await until(async () => (await jobsOf(manual.solution)).length > 2);
    const [{ id }] = await jobsOf(manual.solution);
    expect(await manuals.ended(id)).toMatchObject({ status: 'COMPLETED' });
    expect(wasRead()).toBe(true);
  });

  it('one event that comes twice has one effect', async () => {
    const manual = writtenLongAgo();
    await manuals.publish(manual.order);
    const event = changed(manual.id('install'));
    expect((await send(event)).status).toBe(204);
    await until(async () => (await jobsOf(manual.solution)).length > 1);
    const [{ id }] = await jobsOf(manual.solution);
    await manuals.ended(id);
    expect((await send(event)).status).toBe(204);
    await laterEventIsDone();
    expect(await jobsOf(manual.solution)).toHaveLength(2);
  });

  it.each([
    ['Notion does not answer', { cut: 'before' }],
    ['something in between answers in its place', { status: 405 }],
  ] satisfies [string, Fault][])(
    'an event that could not be followed, as %s, is not taken, so that Notion sends it again',
    async (_name, fault) => {
      const manual = writtenLongAgo();
      const event = changed(manual.id('install'));
      manuals.sandbox.notion.faults.add(fault);
      expect((await send(event)).status).toBe(503);
      manuals.mend();
      expect((await send(event)).status).toBe(204);
      await until(async () => (await jobsOf(manual.solution)).length > 0);
      const [{ id }] = await jobsOf(manual.solution);
      await manuals.ended(id);
    },
  );

  it('pages of nobody, and what is about no page, are accepted without effect', async () => {
    const manual = writtenLongAgo();
    const jobs = async () =>
      (await manuals.get('/jobs?limit=100').expect(200)).body.jobs;
    const before = await jobs();
    expect((await send(changed(randomUUID()))).status).toBe(204);
    const database = { id: manual.id('install'), type: 'database' as const };
    const answer = await post({ ...changed(database.id), entity: database });
    expect(answer.status).toBe(204);
    await laterEventIsDone();
    expect(await jobsOf(manual.solution)).toEqual([]);
    expect(await jobs()).toHaveLength(before.length + 1);
  });

  it('refuses what is not signed, or with another secret, without effect', async () => {
    const manual = writtenLongAgo();
    const event = changed(manual.id('install'));
    await post(event, 'another').expect(401);
    await manuals
      .call('post', '/webhook/notion')
      .set('Content-Type', 'application/json')
      .send(event)
      .expect(401);
    const answer = await manuals
      .call('post', '/webhook/notion')
      .set('Content-Type', 'application/json')
      .set('X-Notion-Signature', 'sha256=')
      .send(event);
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain(TOKEN);
    await laterEventIsDone();
    expect(await jobsOf(manual.solution)).toEqual([]);
  });

  it('refuses what is replayed, comes from the future, or is no event, without effect', async () => {
    const manual = writtenLongAgo();
    const event = changed(manual.id('install'));
    const hours = (count: number) =>
      new Date(Date.now() + count * 3_600_000).toISOString();
    const replayed = await post({ ...event, timestamp: hours(-49) }).expect(
      400,
    );
    expect(replayed.body.error.message).toMatch(/timestamp.*replay/);
    await post({ ...event, timestamp: hours(1) }).expect(400);
    await post({ ...event, timestamp: 'yesterday' }).expect(400);
    await post({}, TOKEN, 'no json').expect(400);
    await post({}, TOKEN, '[]').expect(400);
    // The handshake is over: its form has no effect any more.
    await post({ verification_token: 'secret_of_a_stranger' }).expect(400);
    await laterEventIsDone();
    expect(await jobsOf(manual.solution)).toEqual([]);
  });
});

describe('the handshake of the webhook', () => {
  it('shows the token that Notion sent to administrators only, and once it is configured to nobody', async () => {
    const start = (notion: JsonObject) =>
      startSmallManuals(databases, 'SQLITE_3', {
        notion,
        config: { permission: { enabled: false } },
        manualPublish: { administrators: [ADA], publishers: [GUEST] },
      });
    const manuals = await start({});
    const read = (userRef: string) =>
      manuals.get('/webhook/notion/verification', userRef);
    await read(ADA).expect(404);
    const { notion } = manuals.sandbox;
    const sent = await notion.sendVerification(`${manuals.url}/webhook/notion`);
    expect(sent).toEqual({ status: 204, body: '' });
    await read(GUEST).expect(403);
    await manuals
      .call('get', '/webhook/notion/verification')
      .set('Authorization', mockCredentials.none.header())
      .expect(401);
    const { body } = await read(ADA).expect(200);
    expect(body.verification_token).toBe(notion.verificationToken);
    // Without the token in the configuration nothing can be proven, so nothing is taken.
    const event = notion.pageEvent('page.content_updated', randomUUID());
    const early = await notion.sendWebhook(
      `${manuals.url}/webhook/notion`,
      event,
    );
    expect(early.status).toBe(503);
    expect(early.body).toContain('webhookVerificationToken');
    await manuals.stop();

    const configured = await start({
      webhookVerificationToken: body.verification_token,
    });
    expect(
      await configured.sandbox.notion.sendWebhook(
        `${configured.url}/webhook/notion`,
        event,
      ),
    ).toEqual({ status: 204, body: '' });
    const late = await configured.sandbox.notion.sendVerification(
      `${configured.url}/webhook/notion`,
    );
    expect(late.status).toBe(401);
    await configured.get('/webhook/notion/verification', ADA).expect(404);
    await configured.stop();
  });
});
