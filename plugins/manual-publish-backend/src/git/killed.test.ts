import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runGit } from './__testUtils__/runGit';
import { SiteUnderTest, TOKEN } from './__testUtils__/SiteUnderTest';

// Each test starts dozens of git processes.
jest.setTimeout(60_000);

const { signal } = new AbortController();
const POINTS = ['updated', 'written', 'committed', 'pushed'] as const;
type Point = (typeof POINTS)[number];

describe('a process that is killed', () => {
  let site: SiteUnderTest;

  beforeEach(async () => {
    site = await SiteUnderTest.start({ 'docs/index.mdx': 'Hello\n' });
  });

  afterEach(() => site.stop());

  /** Runs until it says that it is there, and kills it with no chance to put anything in order. */
  async function killAt(point: Point): Promise<void> {
    const child = fork(path.join(__dirname, '__testUtils__/publisherMain.ts'), {
      execArgv: [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      ],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const gone = once(child, 'exit');
    const isThere = new Promise<void>((resolve, reject) => {
      child.on('exit', () => reject(new Error(`It ended before ${point}`)));
      child.on('message', (message: { point?: string }) => {
        if (message.point === point) resolve();
        else if (message.point === 'started') {
          child.send({
            url: site.remote.url,
            workDir: site.workDir,
            token: TOKEN,
          });
        } else if (message.point !== undefined) child.send('go on');
      });
    });
    await isThere;
    child.kill('SIGKILL');
    await gone;
  }

  it.each(POINTS)(
    'after it has %s leaves one commit when the job is done again, and nothing else',
    async point => {
      await killAt(point);

      const repository = site.open();
      await repository.checkAccess({ signal });
      await repository.update({ signal });
      const worktree = await repository.openWorktree('job-1', {
        folders: ['docs/zcp'],
        sharedFiles: [],
        mergeShared: () => undefined,
      });
      await mkdir(path.join(worktree.path, 'docs/zcp'), { recursive: true });
      await writeFile(path.join(worktree.path, 'docs/zcp/new.mdx'), 'New\n');
      await worktree.commit({
        message: 'Publish',
        step: 'export',
        paths: ['docs/zcp'],
      });
      const { commits } = await worktree.push({ signal });
      expect(commits).toHaveLength(1);
      expect(await site.messages()).toEqual(['Publish', 'Initial commit']);
      await worktree.remove();
      expect(await site.open().sweep(async () => [])).toEqual([]);
    },
  );

  it('while it works leaves no worktree once the next one sweeps', async () => {
    await killAt('written');
    expect(await site.open().hasWorktree('job-1')).toBe(true);
    expect(await site.open().sweep(async () => [])).toEqual(['job-1']);
    expect(await site.open().hasWorktree('job-1')).toBe(false);
    await site.open().update({ signal });
    const other = await site.open().openWorktree('job-2', {
      folders: [],
      sharedFiles: [],
      mergeShared: () => undefined,
    });
    const list = await runGit(other.path, 'worktree', 'list');
    expect(list.trim().split('\n')).toHaveLength(2);
  });
});
