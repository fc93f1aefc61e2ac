import { testEngines } from '@herald/test-utils';
import {
  SmallManuals,
  startSmallManuals,
  until,
} from './__testUtils__/smallManuals';

const databases = testEngines();
// Two portals share the machine with the tests.
jest.setTimeout(120_000);

// Replicas share a database, which SQLite does not offer.
describe('one event of Notion that comes to two replicas at once', () => {
  let first: SmallManuals;
  let second: SmallManuals;
  const clock = { behindMs: 0, now: () => Date.now() - clock.behindMs };

  beforeAll(async () => {
    const options = {
      clock,
      notion: { webhookVerificationToken: 'secret_sandbox_verification_token' },
      manualPublish: { publishOnChange: { delay: { milliseconds: 600 } } },
    };
    first = await startSmallManuals(databases, 'POSTGRES_17', options);
    second = await startSmallManuals(databases, 'POSTGRES_17', {
      ...options,
      knex: first.knex,
      sandbox: first.sandbox,
      prefix: first.prefix,
    });
  });
  afterAll(async () => {
    await second.stop();
    await first.stop();
  });

  /** What was written within the last two minutes is read again anyway. */
  async function publishedManual() {
    clock.behindMs = 3_600_000;
    const manual = first.manual();
    clock.behindMs = 0;
    await first.publish(manual.order);
    return manual;
  }
  const jobsOf = async ({ solution }: { solution: string }) =>
    (await first.get(`/jobs?solution=${solution}`).expect(200)).body.jobs;

  it('has one job, which reads the page once', async () => {
    const { notion } = first.sandbox;
    const manual = await publishedManual();
    const pageId = manual.id('install');
    const event = notion.pageEvent('page.content_updated', pageId);
    notion.log.clear();
    const answers = await Promise.all(
      [first, second].map(({ url }) =>
        notion.sendWebhook(`${url}/webhook/notion`, event),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    await until(async () => (await jobsOf(manual)).length > 1);
    const [{ id }] = await jobsOf(manual);
    expect(await first.ended(id)).toMatchObject({ status: 'COMPLETED' });

    // Another solution's event, which comes later, is done: a second job would have been before its.
    const other = await publishedManual();
    await notion.sendWebhook(
      `${second.url}/webhook/notion`,
      notion.pageEvent('page.content_updated', other.id('install')),
    );
    await until(async () => (await jobsOf(other)).length > 1);
    await first.ended((await jobsOf(other))[0].id);
    expect(await jobsOf(manual)).toHaveLength(2);
    const reads = notion.log.calls.filter(call =>
      call.path.includes(`/blocks/${pageId}/children`),
    );
    expect(reads).toHaveLength(1);
  });
});
