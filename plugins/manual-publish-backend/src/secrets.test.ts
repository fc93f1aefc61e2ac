import { mockCredentials } from '@backstage/backend-test-utils';
import { Job } from '@herald/backstage-plugin-manual-publish-common';
import {
  Fault,
  Sandbox,
  startGitSandbox,
  startNotionSandbox,
  startOpenAiSandbox,
} from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import request from 'supertest';
import { collectedLog } from './__testUtils__/collectedLog';
import { Told, listeners } from './__testUtils__/listeners';
import {
  SmallManuals,
  startSmallManuals,
  until,
} from './__testUtils__/smallManuals';
import { GUEST } from './__testUtils__/startManualPublish';

const databases = testEngines();
jest.setTimeout(120_000);

const SECRETS = {
  notion: 'ntn_onlyInSecretsTest0123456789',
  openAi: 'sk-proj-onlyInSecretsTest0123456789',
  git: 'ghp_only+In/Secrets=Test&0123456789',
};
const WRONG_GIT_TOKEN = 'ghp_wrong+In/Secrets=Test&0123456789';

/** A secret, and how it looks on its way. */
const formsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  // What stands before it in Basic authorization has a length that is divisible by three.
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
];

// Where words come from and go to has nothing to do with the database.
describe('secrets', () => {
  const log = collectedLog();
  const told: Told[] = [];
  /** All that anybody can see, by where. */
  const seen = new Map<string, string>();
  let sandbox: Pick<Sandbox, 'notion' | 'openAi' | 'git'>;
  let manuals: SmallManuals;

  const start = async (options: Parameters<typeof startSmallManuals>[2]) =>
    startSmallManuals(databases, 'SQLITE_3', {
      ...options,
      sandbox,
      otherKnex: { notifications: await databases.init('SQLITE_3') },
      features: [log.feature, ...listeners(told)],
    });

  beforeAll(async () => {
    sandbox = {
      notion: await startNotionSandbox({ token: SECRETS.notion }),
      openAi: await startOpenAiSandbox({ apiKey: SECRETS.openAi }),
      git: await startGitSandbox({
        token: SECRETS.git,
        repositories: [
          { name: 'docs', tree: async () => ({ 'README.md': 'The site\n' }) },
        ],
      }),
    };
    manuals = await start({ notion: { patience: { milliseconds: 400 } } });
  });
  afterAll(async () => {
    await manuals.stop();
    await sandbox.notion.stop();
    await sandbox.openAi.stop();
    await sandbox.git.stop();
  });
  afterEach(() => manuals.mend());

  async function messages(portal: SmallManuals): Promise<string> {
    const { text } = await request(portal.server)
      .get('/api/notifications/notifications')
      .set('Authorization', mockCredentials.user.header(GUEST))
      .expect(200);
    return text;
  }

  /** Does a job, and keeps all that is said of it. */
  async function follow(portal: SmallManuals, name: string): Promise<Job> {
    const { order } = portal.manual();
    const id = await portal.ask(order);
    const stream = await portal.watch(id);
    const job = await portal.ended(id);
    await stream.ended;
    // Who asked is told after the job has ended.
    const ends = () => new RegExp(`jobs/${id}`);
    await until(async () => {
      const text = await messages(portal);
      return (
        ends().test(text) &&
        !JSON.parse(text).some(
          (message: { link: string; type: string }) =>
            message.link.endsWith(id) && message.type === 'processing',
        )
      );
    });
    seen.set(`stream, ${name}`, JSON.stringify(stream.events));
    seen.set(`job, ${name}`, JSON.stringify(job));
    seen.set(`jobs, ${name}`, (await portal.get('/jobs').expect(200)).text);
    seen.set(`messages, ${name}`, await messages(portal));
    return job;
  }

  function expectNoSecrets(): void {
    seen.set('log', log.text());
    seen.set('events', JSON.stringify(told));
    for (const [where, text] of seen) {
      expect([where, text.length > 2]).toEqual([where, true]);
      for (const secret of [...Object.values(SECRETS), WRONG_GIT_TOKEN]) {
        for (const form of formsOf(secret)) {
          expect([where, text.includes(form)]).toEqual([where, false]);
        }
      }
    }
  }

  async function textsOf(directory: string): Promise<string> {
    const files = await readdir(directory, {
      recursive: true,
      withFileTypes: true,
    });
    const texts = files
      .filter(file => file.isFile())
      .map(file => readFile(path.join(file.parentPath, file.name), 'latin1'));
    return (await Promise.all(texts)).join('\n');
  }

  it.each([
    ['429', { status: 429, retryAfterSeconds: 1 }],
    ['500', { status: 500 }],
    ['401', { status: 401 }],
  ] satisfies [string, Fault][])(
    'are not told when Notion answers %s',
    async (status, fault) => {
      sandbox.notion.faults.add({ path: /blocks/, ...fault });
      const job = await follow(manuals, `Notion ${status}`);
      expect(job.failure?.reason).toBe('EXPORT_FAILED');
      sandbox.notion.faults.clear();
      sandbox.notion.faults.add(fault);
      const { order, id } = manuals.manual();
      const refused = await manuals
        .post('/publish', { ...order, notion_page_id: id('install') })
        .expect(503);
      seen.set(`answer, Notion ${status}`, refused.text);
      expectNoSecrets();
    },
  );

  it.each([401, 403, 500])(
    'are not told when the translator answers %i',
    async status => {
      sandbox.openAi.faults.add({ status });
      const job = await follow(manuals, `translator ${status}`);
      expect(job.failure?.reason).toBe('TRANSLATION_FAILED');
      expectNoSecrets();
    },
  );

  it('are not told when the translator answers prose', async () => {
    sandbox.openAi.translatorFaults.add({ kind: 'not-json' });
    const job = await follow(manuals, 'prose');
    expect(job.failure?.reason).toBe('TRANSLATION_FAILED');
    expectNoSecrets();
  });

  it('are not told when a hook refuses the push and repeats them', async () => {
    const accept = sandbox.git.rejectPushes(`${SECRETS.git} may not push here`);
    const job = await follow(manuals, 'refused push');
    accept();
    expect(job.failure).toEqual({
      reason: 'GIT_OPERATION_FAILED',
      detail: expect.stringContaining('*** may not push here'),
    });
    expectNoSecrets();
  });

  it('are not told when the token of the repository is wrong', async () => {
    const portal = await start({
      prefix: 'wrong-token',
      repository: { token: WRONG_GIT_TOKEN },
    });
    const job = await follow(portal, 'wrong token');
    expect(job.failure?.reason).toBe('REPO_ACCESS');
    seen.set('disk, wrong token', await textsOf(portal.workDir));
    await portal.stop();
    expectNoSecrets();
  });

  it('are not told when all goes well, nor published, nor left on the disk', async () => {
    sandbox.notion.faults.add({
      path: /blocks/,
      times: 1,
      status: 429,
      retryAfterSeconds: 0,
    });
    const job = await follow(manuals, 'success');
    expect(job).toMatchObject({ status: 'COMPLETED', failure: null });
    const { repository } = manuals;
    seen.set('commits', JSON.stringify(await repository.log()));
    for (const file of await repository.files()) {
      seen.set(`published ${file}`, await repository.read(file));
    }
    seen.set('disk', await textsOf(manuals.workDir));
    expectNoSecrets();
  });
});
