import {
  Sandbox,
  blocks,
  demoSolutions,
  notionId,
  page,
  startSandbox,
} from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { startPublishing } from './__testUtils__/publishingPortal';
import { ADA } from './__testUtils__/startManualPublish';

const databases = testEngines();
jest.setTimeout(180_000);

const EVERYTHING = {
  notion_page_id: demoSolutions.APIM,
  selected_solution: 'apim',
  target_languages: ['ko', 'ja'],
};

describe.each(databases.eachSupportedId())('publishing on %s', engine => {
  let sandbox: Sandbox;
  let portal: Awaited<ReturnType<typeof startPublishing>>;

  beforeEach(async () => {
    sandbox = await startSandbox();
    portal = await startPublishing(databases, engine, sandbox);
  });

  afterEach(async () => {
    await portal.stop();
    await sandbox.stop();
  });

  const translatorCalls = () =>
    sandbox.openAi.log.calls.filter(({ path: url }) =>
      url.endsWith('/chat/completions'),
    ).length;

  it('brings a manual to the site in two commits, and a second time changes nothing', async () => {
    const repository = sandbox.git.repository();
    const before = await repository.log();

    const job = await portal.publish(EVERYTHING);
    expect(job).toMatchObject({
      status: 'COMPLETED',
      failure: null,
      unchanged: false,
      may: { cancel: false, retry: false },
    });
    expect(job.steps.map(({ status }) => status)).toEqual([
      'QUEUED',
      'STARTED',
      'CHECKING_REPO',
      'CLONING',
      'EXPORTING',
      'EXPORT_COMMIT',
      'TRANSLATING',
      'TRANSLATION_COMMIT',
      'PUSHING',
      'COMPLETED',
    ]);
    const times = job.steps.map(({ at }) => Date.parse(at));
    expect(job.steps.map(({ ms }) => ms)).toEqual(
      times.map((time, at) =>
        at + 1 < times.length ? times[at + 1] - time : null,
      ),
    );
    expect(job.ended_at).toBe(job.steps[job.steps.length - 1].at);
    expect(job.commits.map(({ kind }) => kind)).toEqual([
      'export',
      'translation',
    ]);
    const log = await repository.log();
    expect(log.length - before.length).toBe(2);

    const files = await repository.files();
    const sources = files.filter(file => /^docs\/apim\/.*\.mdx$/.test(file));
    expect(sources.length).toBe(job.progress.pages.done);
    for (const language of ['ko', 'ja']) {
      const translated = `i18n/${language}/docusaurus-plugin-content-docs/current/apim/`;
      expect(
        files
          .filter(file => file.startsWith(translated) && file.endsWith('.mdx'))
          .map(file => file.slice(translated.length))
          .sort(),
      ).toEqual(sources.map(file => file.slice('docs/apim/'.length)).sort());
    }
    const left = await readdir(portal.workDir, { recursive: true });
    expect(left.length).toBeGreaterThan(0);
    expect(left.filter(file => file.includes(job.id))).toEqual([]);

    const manuals = await portal
      .get('/manuals?selected_solution=APIM&refresh=true')
      .expect(200);
    expect(manuals.body.manuals.length).toBeGreaterThan(1);
    for (const { last_published } of manuals.body.manuals) {
      expect(last_published).toEqual(expect.any(String));
    }

    sandbox.notion.log.clear();
    const calls = translatorCalls();
    const again = await portal.publish(EVERYTHING);
    expect(again).toMatchObject({
      status: 'COMPLETED',
      unchanged: true,
      commits: [],
      cost: { translator_calls: 0 },
    });
    expect(translatorCalls()).toBe(calls);
    expect(await repository.log()).toHaveLength(log.length);
    const folders = manuals.body.manuals.filter(
      (manual: { is_folder: boolean }) => manual.is_folder,
    ).length;
    // Two more hold pages although they are none: a database, and columns.
    expect(again.cost.notion_calls).toBeLessThanOrEqual(folders + 2 + 1);
    expect(sandbox.notion.log.calls.length).toBe(again.cost.notion_calls);
  });

  it('a dry run says what would change, and neither commits nor translates', async () => {
    const repository = sandbox.git.repository();
    const before = await repository.head();
    const job = await portal.publish({ ...EVERYTHING, dry_run: true });
    expect(job).toMatchObject({ status: 'COMPLETED', commits: [] });
    expect(job.estimate?.pages.length).toBe(job.progress.pages.done);
    expect(job.estimate?.pages.every(({ change }) => change === 'added')).toBe(
      true,
    );
    expect(job.estimate?.languages.map(({ language }) => language)).toEqual([
      'ko',
      'ja',
    ]);
    expect(job.estimate?.input_tokens).toBeGreaterThan(1_000);
    expect(translatorCalls()).toBe(0);
    expect(await repository.head()).toBe(before);
    const { body } = await portal.get('/manuals?selected_solution=apim');
    expect(body.manuals).toEqual(
      body.manuals.map((manual: object) => ({
        ...manual,
        last_published: null,
        changed: true,
      })),
    );
  });

  it('one paragraph that was edited is one page, one segment a language', async () => {
    const workspace = sandbox.notion.workspace;
    workspace.edit(demoSolutions.APIM, {
      append: [
        page('Handbook')
          .as('handbook')
          .with(
            blocks.paragraph('First paragraph of the handbook').as('first'),
            blocks.paragraph('Second paragraph of the handbook'),
          ),
      ],
    });
    await portal.publish(EVERYTHING);
    workspace.edit(notionId('handbook'), {
      replace: {
        blockId: notionId('first'),
        with: blocks.paragraph('A paragraph that was edited'),
      },
    });
    const before = sandbox.openAi.log.calls.length;
    const job = await portal.publish(EVERYTHING);
    expect(job).toMatchObject({ status: 'COMPLETED', unchanged: false });
    expect(job.cost.notion_calls).toBeLessThanOrEqual(20);
    expect(sandbox.openAi.log.calls.length - before).toBe(2);
    const segments = job.progress.languages.map(({ total }) => total);
    expect(segments).toHaveLength(2);
    expect(segments[0] + segments[1] - job.cost.remembered_segments).toBe(2);
    const file = (await sandbox.git.repository().files()).find(each =>
      /^docs\/apim\/.*handbook/i.test(each),
    );
    expect(await sandbox.git.repository().read(file ?? '')).toContain(
      'A paragraph that was edited',
    );
  });

  it('is followed from any moment, and ends with the job', async () => {
    const { body } = await portal.post('/publish', EVERYTHING).expect(202);
    const live = await portal.watch(body.job_id);
    await live.ended;
    const jobs = live.events.filter(({ event }) => event === 'job');
    expect(JSON.parse(jobs[jobs.length - 1].data).job.status).toBe('COMPLETED');

    // Whoever comes back gets what they missed, and the job once, as it is now.
    const [first] = live.events;
    const missed = await portal.watch(body.job_id, first.id);
    await missed.ended;
    // The job and its progress tell all of themselves: who comes late needs the newest only.
    const isNews = ({ event }: { event?: string }) =>
      event === 'log' || event === 'warning';
    expect(missed.events.map(({ event }) => event)).not.toContain('progress');
    expect(live.events.filter(isNews)).not.toEqual([]);
    expect(missed.events.filter(isNews)).toEqual(live.events.filter(isNews));
    expect(missed.events[missed.events.length - 1]).toEqual(
      live.events[live.events.length - 1],
    );
    expect(missed.events.filter(({ event }) => event === 'job')).toHaveLength(
      1,
    );

    const late = await portal.watch(body.job_id);
    await late.ended;
    expect(late.events).toHaveLength(1);
    expect(JSON.parse(late.events[0].data).job).toEqual(
      JSON.parse(jobs[jobs.length - 1].data).job,
    );
  });

  it('two who publish the same solution come one after the other; another one runs beside', async () => {
    const ask = async (body: object, userRef?: string) =>
      (await portal.post('/publish', body, userRef).expect(202)).body
        .job_id as string;
    const first = await ask(EVERYTHING);
    const second = await ask(EVERYTHING, ADA);
    const other = await ask({
      notion_page_id: demoSolutions.AMDP,
      selected_solution: 'AMDP',
      target_languages: ['de'],
    });
    const states = await portal.get('/jobs').expect(200);
    expect(
      states.body.jobs.find(({ id }: { id: string }) => id === second).status,
    ).toBe('QUEUED');
    for (const id of [first, second, other]) {
      const stream = await portal.watch(id);
      await stream.ended;
    }
    const jobs = await Promise.all(
      [first, second, other].map(
        async id => (await portal.get(`/jobs/${id}`)).body,
      ),
    );
    expect(jobs.map(({ status }) => status)).toEqual(
      Array(3).fill('COMPLETED'),
    );
    expect(jobs.map(({ unchanged }) => unchanged)).toEqual([
      false,
      true,
      false,
    ]);
    expect(Date.parse(jobs[1].started_at)).toBeGreaterThanOrEqual(
      Date.parse(jobs[0].ended_at),
    );
  });

  it('is cancelled on request, and can be tried again', async () => {
    sandbox.notion.faults.add({ path: /blocks/, times: 1000, delayMs: 400 });
    const { body } = await portal.post('/publish', EVERYTHING).expect(202);
    await portal.post(`/jobs/${body.job_id}/cancel`, {}, ADA).expect(200);
    const stream = await portal.watch(body.job_id);
    await stream.ended;
    const job = (await portal.get(`/jobs/${body.job_id}`)).body;
    expect(job).toMatchObject({
      status: 'CANCELLED',
      may: { cancel: false, retry: true },
    });
    await portal.post(`/jobs/${body.job_id}/cancel`).expect(409);
    const retried = await portal.post(`/jobs/${body.job_id}/retry`).expect(202);
    const next = (await portal.get(`/jobs/${retried.body.job_id}`)).body;
    expect(next).toMatchObject({ retry_of: body.job_id });
    await portal.post(`/jobs/${retried.body.job_id}/cancel`).expect(200);
  });

  it('refuses what makes no sense by the field, and stores nothing', async () => {
    const cases: [object, number, RegExp][] = [
      [{ ...EVERYTHING, notion_page_id: 'x' }, 400, /notion_page_id/],
      [
        { ...EVERYTHING, notion_page_id: notionId('none') },
        404,
        /notion_page_id/,
      ],
      [
        { ...EVERYTHING, notion_page_id: demoSolutions.ZCP },
        400,
        /notion_page_id.*not below/,
      ],
      [
        { ...EVERYTHING, selected_solution: 'nope' },
        404,
        /selected_solution.*ZCP/,
      ],
      [{ ...EVERYTHING, target_languages: [] }, 400, /target_languages/],
      [
        { ...EVERYTHING, target_languages: ['xx'] },
        400,
        /target_languages\.0.*ko/,
      ],
      [
        { ...EVERYTHING, target_languages: ['ko', 'ko'] },
        400,
        /target_languages\.1.*twice/,
      ],
      [
        { ...EVERYTHING, target_languages: ['en'] },
        400,
        /target_languages\.0.*written/,
      ],
      [{ ...EVERYTHING, other: 1 }, 400, /other/],
    ];
    for (const [body, status, message] of cases) {
      const response = await portal.post('/publish', body);
      expect([body, response.status]).toEqual([body, status]);
      expect(response.body.error.message).toMatch(message);
    }
    const { body } = await portal.get('/jobs').expect(200);
    expect(body.jobs).toEqual([]);
  });

  it('nothing of a secret is anywhere on the disk or in the answers', async () => {
    const job = await portal.publish(EVERYTHING);
    const text = JSON.stringify(job);
    expect(text).not.toContain(sandbox.git.token);
    const files = await readdir(portal.workDir, {
      recursive: true,
      withFileTypes: true,
    });
    expect(files.length).toBeGreaterThan(0);
    for (const file of files.filter(each => each.isFile())) {
      const content = await readFile(path.join(file.parentPath, file.name));
      expect(content.includes(sandbox.git.token)).toBe(false);
    }
  });
});
