import { Job, isFinal } from '@herald/backstage-plugin-manual-publish-common';
import { Sandbox, blocks, notionId, page } from '@herald/sandbox';
import { processDatabase, testEngines } from '@herald/test-utils';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PublishingProcess } from './__testUtils__/PublishingProcess';
import { gitWrapper } from './__testUtils__/gitWrapper';
import { sandboxConfig } from './__testUtils__/publishingPortal';
import {
  smallSolutions,
  startSmallSandbox,
  until,
} from './__testUtils__/smallManuals';

const databases = testEngines();
// Each test starts a portal again, on a machine that may do other things.
jest.setTimeout(240_000);

const PREFIX = 'killed';
/** So many jobs does a process do at a time: the next one has its turn, and waits for a hand. */
const JOBS_AT_A_TIME = 4;
/** The real git, in the language of the wrapper. */
const PUSH = 'PATH=${PATH#*:} git "$@"'; // eslint-disable-line no-template-curly-in-string
const KILL_PORTAL = 'kill -9 "$PPID"; exit 1';

describe.each(databases.eachSupportedId())('killed on %s', engine => {
  let sandbox: Pick<Sandbox, 'notion' | 'openAi' | 'git'>;
  let git: Awaited<ReturnType<typeof gitWrapper>>;
  let workDir: string;
  let portal: PublishingProcess;
  let database: Awaited<ReturnType<typeof processDatabase>>;
  let taken = 0;

  beforeAll(async () => {
    sandbox = await startSmallSandbox();
    git = await gitWrapper();
    workDir = await mkdtemp(path.join(tmpdir(), 'herald-killed-'));
    database = await processDatabase(engine);
    portal = new PublishingProcess({
      database: database.config,
      manualPublish: {
        ...sandboxConfig(sandbox, workDir),
        solutions: smallSolutions(PREFIX),
        jobLease: { seconds: 3 },
      },
    });
    await portal.start();
  });
  afterAll(async () => {
    await portal.kill();
    await git.remove();
    await database.remove();
    await sandbox.notion.stop();
    await sandbox.openAi.stop();
    await sandbox.git.stop();
    await rm(workDir, { recursive: true, force: true });
  });

  /** Writes a manual of two pages. @returns orders of the lower one, and of the whole */
  function manual() {
    const solution = `S${taken}`;
    const key = `${PREFIX}/${taken}`;
    taken += 1;
    sandbox.notion.workspace.add(
      page(`Guide of ${solution}`)
        .as(key)
        .with(
          blocks.paragraph(`What ${solution} is for`),
          page('Install')
            .as(`${key}/install`)
            .with(blocks.paragraph(`Get ${solution} with a browser`)),
        ),
    );
    const order = (pageKey: string) => ({
      notion_page_id: notionId(pageKey),
      selected_solution: solution,
      target_languages: ['ko'],
    });
    return { install: order(`${key}/install`), whole: order(key) };
  }

  const knownCommits = async () =>
    new Set((await sandbox.git.repository().log()).map(({ id }) => id));

  async function startAgain(): Promise<void> {
    sandbox.notion.faults.clear();
    await git.mend();
    await portal.start();
  }

  async function endOf(id: string): Promise<Job> {
    await until(async () => isFinal((await portal.job(id)).status));
    return portal.job(id);
  }

  /** Waits until all have ended, and holds what is there against what each has to leave: its two commits, and nothing else. */
  async function expectDoneOnce(
    ids: readonly string[],
    known: ReadonlySet<string>,
  ): Promise<void> {
    const jobs = await Promise.all(ids.map(endOf));
    for (const job of jobs) {
      expect(job).toMatchObject({ status: 'COMPLETED', failure: null });
      expect(job.commits.map(({ kind }) => kind)).toEqual([
        'export',
        'translation',
      ]);
    }
    const commits = [...(await knownCommits())].filter(id => !known.has(id));
    expect(commits.sort()).toEqual(
      jobs.flatMap(job => job.commits.map(({ sha }) => sha)).sort(),
    );
    const files = await readdir(workDir, { recursive: true });
    expect(files.filter(file => ids.some(id => file.includes(id)))).toEqual([]);
  }

  it('while QUEUED, a job follows the one that it waits for', async () => {
    const { install, whole } = manual();
    const known = await knownCommits();
    sandbox.notion.faults.add({ path: /blocks/, delayMs: 60_000 });
    const first = await portal.publish(install);
    const second = await portal.publish(whole);
    await portal.until(first, ['EXPORTING']);
    expect(await portal.job(second)).toMatchObject({ status: 'QUEUED' });
    await portal.kill();
    await startAgain();
    await expectDoneOnce([first, second], known);
  });

  it('while STARTED, before anybody has begun with it, a job is done', async () => {
    const known = await knownCommits();
    sandbox.notion.faults.add({ path: /blocks/, delayMs: 60_000 });
    const busy: string[] = [];
    for (let index = 0; index < JOBS_AT_A_TIME; index += 1) {
      busy.push(await portal.publish(manual().whole));
    }
    for (const id of busy) await portal.until(id, ['EXPORTING']);
    const id = await portal.publish(manual().whole);
    expect(await portal.job(id)).toMatchObject({ status: 'STARTED' });
    await portal.kill();
    await startAgain();
    await expectDoneOnce([...busy, id], known);
  });

  it.each([
    ['before the remote has the commits', 0, KILL_PORTAL],
    [
      'when the remote has them and nobody has heard',
      2,
      `${PUSH}; ${KILL_PORTAL}`,
    ],
  ])(
    'while PUSHING, %s, a job ends with these',
    async (_name, there, action) => {
      const known = await knownCommits();
      await git.on('push', action);
      const id = await portal.publish(manual().whole);
      await portal.gone();
      expect((await knownCommits()).size - known.size).toBe(there);
      await startAgain();
      await expectDoneOnce([id], known);
    },
  );

  it('while PUSHING, a job is not disturbed by the git of before, which goes on alone', async () => {
    const known = await knownCommits();
    const { log } = sandbox.git;
    log.clear();
    const pushes = () =>
      log.calls.filter(
        call =>
          call.method === 'POST' && call.path.endsWith('/git-receive-pack'),
      );
    let letGo = () => {};
    const held = new Promise<void>(resolve => {
      letGo = resolve;
    });
    sandbox.git.beforeNextPush(() => held, 'pack');
    const id = await portal.publish(manual().whole);
    await until(() => pushes().length === 1);
    expect(await portal.job(id)).toMatchObject({ status: 'PUSHING' });
    await portal.kill();
    await startAgain();
    await portal.until(id, ['COMPLETED', 'FAILED']);
    letGo();
    await until(() => pushes().every(({ status }) => status !== undefined));
    expect(pushes()).toHaveLength(2);
    await expectDoneOnce([id], known);
  });
});
