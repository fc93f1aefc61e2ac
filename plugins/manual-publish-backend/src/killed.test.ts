import { JobState } from '@herald/backstage-plugin-manual-publish-common';
import {
  Sandbox,
  blocks,
  demoSolutions,
  notionId,
  page,
  startSandbox,
} from '@herald/sandbox';
import { processDatabase, testEngines } from '@herald/test-utils';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PublishingProcess } from './__testUtils__/PublishingProcess';
import { sandboxConfig } from './__testUtils__/publishingPortal';

const databases = testEngines();
jest.setTimeout(600_000);

const FINAL: JobState[] = ['COMPLETED', 'FAILED', 'CANCELLED'];
/** The first job clones, and is killed before it has. */
const STATES: JobState[] = [
  'CLONING',
  'CHECKING_REPO',
  'PULLING',
  'EXPORTING',
  'EXPORT_COMMIT',
  'TRANSLATING',
  'TRANSLATION_COMMIT',
  'PUSHING',
];
/** Longer than it takes to see a state and kill the process. */
const SLOW_MS = 8_000;

/** A git that takes its time over commits while a file says so; the states around a commit are too short to be met otherwise. */
async function slowGit(directory: string): Promise<string> {
  const flag = path.join(directory, 'slow');
  const program = path.join(directory, 'git');
  await writeFile(
    program,
    `#!/bin/sh
if [ -e '${flag}' ]; then
  case " $* " in *" commit "*|*" commit-tree "*|*" write-tree "*) sleep ${
    SLOW_MS / 1000
  };; esac
fi
PATH=\${PATH#*:} exec git "$@"
`,
  );
  await chmod(program, 0o755);
  return flag;
}

describe.each(databases.eachSupportedId())('killed on %s', engine => {
  let sandbox: Sandbox;
  let directory: string;
  let slowCommits: string;
  let portal: PublishingProcess;
  let database: Awaited<ReturnType<typeof processDatabase>>;

  /** Makes the state last. @returns what ends that */
  const slowDown: Record<
    string,
    () => (() => unknown) | Promise<() => unknown>
  > = {
    CHECKING_REPO: () =>
      sandbox.git.faults.add({
        path: /info\/refs/,
        times: 1,
        delayMs: SLOW_MS,
      }),
    CLONING: () =>
      sandbox.git.faults.add({
        path: /git-upload-pack$/,
        method: 'POST',
        times: 9,
        delayMs: SLOW_MS,
      }),
    EXPORTING: () =>
      sandbox.notion.faults.add({
        path: /blocks/,
        times: 1000,
        delayMs: 1_000,
      }),
    TRANSLATING: () =>
      sandbox.openAi.faults.add({
        path: /completions/,
        times: 1000,
        delayMs: SLOW_MS,
      }),
    PUSHING: () =>
      sandbox.git.faults.add({
        path: /git-receive-pack/,
        times: 9,
        delayMs: SLOW_MS,
      }),
  };

  beforeAll(async () => {
    sandbox = await startSandbox();
    directory = await mkdtemp(path.join(tmpdir(), 'herald-killed-'));
    slowCommits = await slowGit(directory);
    database = await processDatabase(engine);
    portal = new PublishingProcess({
      programs: directory,
      database: database.config,
      manualPublish: {
        ...sandboxConfig(sandbox, path.join(directory, 'work')),
        jobLease: { seconds: 3 },
      },
    });
    await portal.start();
  });

  afterAll(async () => {
    await portal.kill();
    await sandbox.stop();
    await database.remove();
    await rm(directory, { recursive: true, force: true });
  });

  /** A page of its own for each state, so that each job has something to do. */
  function addManual(state: JobState): string {
    const key = `killed-${engine}-${state}`;
    sandbox.notion.workspace.edit(demoSolutions.APIM, {
      append: [
        page(`Killed in ${state}`)
          .as(key)
          .with(
            ...Array.from({ length: 12 }, (_, index) =>
              blocks
                .toggle(`Part ${index} of what is done in ${state}`)
                .with(blocks.paragraph(`Words of part ${index} for ${state}`)),
            ),
          ),
      ],
    });
    return notionId(key);
  }

  it.each(STATES)(
    'in %s a job goes on, with one commit a step and nothing left over',
    async state => {
      const repository = sandbox.git.repository();
      const before = await repository.log();
      const pageId = addManual(state);
      const slow = slowDown[state];
      if (slow) await slow();
      else await writeFile(slowCommits, '');

      const id = await portal.publish({
        notion_page_id: pageId,
        selected_solution: 'apim',
        target_languages: ['ko'],
      });
      const seen = await portal.until(id, [state, ...FINAL]);
      expect(seen.status).toBe(state);
      await portal.kill();
      sandbox.git.faults.clear();
      sandbox.notion.faults.clear();
      sandbox.openAi.faults.clear();
      await rm(slowCommits, { force: true });

      await portal.start();
      const job = await portal.until(id, FINAL);
      expect(job).toMatchObject({ status: 'COMPLETED', failure: null });
      const known = new Set(before.map(commit => commit.id));
      const commits = (await repository.log())
        .map(commit => commit.id)
        .filter(commitId => !known.has(commitId));
      expect(commits).toHaveLength(2);
      expect(job.commits.map(({ sha }) => sha).sort()).toEqual(commits.sort());
      const left = await readdir(path.join(directory, 'work'), {
        recursive: true,
      });
      expect(left.filter(file => file.includes(id))).toEqual([]);
    },
  );
});
