import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runGit } from './__testUtils__/runGit';
import { SiteUnderTest, TOKEN } from './__testUtils__/SiteUnderTest';
import {
  commit,
  openWorktree,
  startSite,
  write,
} from './__testUtils__/worktrees';

// Each test starts dozens of git processes.
jest.setTimeout(60_000);

const { signal } = new AbortController();

describe('GitWorktree', () => {
  let site: SiteUnderTest;

  beforeEach(async () => {
    site = await startSite();
  });

  afterEach(() => site.stop());

  describe('a commit', () => {
    it('has the author that is configured, and says whose it is', async () => {
      const worktree = await openWorktree(site, 'job-1');
      await write(worktree, 'docs/zcp/하늘 $(id).mdx', 'New\n');
      const made = await commit(worktree, 'Publish "ZCP"\n\nHerald-Job: x');
      expect(made).toMatchObject({ step: 'export' });
      await worktree.push({ signal });
      const [newest] = await site.remote.log();
      expect(newest).toMatchObject({
        id: made?.sha,
        author: { name: 'Herald', email: 'herald@example.com' },
        message:
          'Publish "ZCP"\n\nHerald-Job: x\n\nHerald-Job: job-1\nHerald-Step: export',
        paths: ['docs/zcp/하늘 $(id).mdx'],
      });
    });

    it('is not made where nothing changed', async () => {
      const worktree = await openWorktree(site, 'job-1');
      expect(await commit(worktree)).toBeUndefined();
      expect(await worktree.push({ signal })).toEqual({
        commits: [],
        overridden: [],
      });
      expect(site.host.traffic().pushes).toBe(0);
    });

    it('holds what lies below its paths and nothing else, ignored or not', async () => {
      const worktree = await openWorktree(site, 'job-1');
      await write(worktree, 'docs/zcp/new.mdx', 'New\n');
      await write(worktree, 'docs/index.mdx', 'Not mine\n');
      await rm(path.join(worktree.path, 'docs/zcp/a.mdx'));
      await commit(worktree);
      await worktree.push({ signal });
      expect((await site.remote.log())[0]?.paths.sort()).toEqual([
        'docs/zcp/a.mdx',
        'docs/zcp/new.mdx',
      ]);
      expect(await site.remote.read('docs/index.mdx')).toBe('Hello\n');
    });

    it('removes a folder that is gone', async () => {
      const worktree = await openWorktree(site, 'job-1');
      await rm(path.join(worktree.path, 'docs/zcp'), { recursive: true });
      await commit(worktree);
      await worktree.push({ signal });
      expect(await site.remote.files()).not.toContain('docs/zcp/a.mdx');
    });

    it('takes no pattern for a path', async () => {
      const worktree = await openWorktree(site, 'job-1');
      await write(worktree, 'docs/zcp/[x].mdx', 'New\n');
      await write(worktree, 'docs/zcp/x.mdx', 'Other\n');
      await worktree.commit({
        message: 'Publish',
        step: 'export',
        paths: ['docs/zcp/[x].mdx', ':(glob)**'],
      });
      await worktree.push({ signal });
      expect((await site.remote.log())[0]?.paths).toEqual(['docs/zcp/[x].mdx']);
    });

    it('is one commit a step, however often the step is done', async () => {
      const worktree = await openWorktree(site, 'job-1');
      await write(worktree, 'docs/zcp/new.mdx', 'New\n');
      const first = await commit(worktree);
      const again = await openWorktree(site, 'job-1');
      expect(await commit(again)).toEqual(first);

      await write(again, 'docs/zcp/new.mdx', 'Newer\n');
      await commit(again);
      await again.push({ signal });
      expect(await site.messages()).toEqual(['Publish', 'Initial commit']);
      expect(await site.remote.read('docs/zcp/new.mdx')).toBe('Newer\n');
    });

    it('goes on after a process that was killed while git wrote its index', async () => {
      const worktree = await openWorktree(site, 'job-1');
      const gitDir = await runGit(
        worktree.path,
        'rev-parse',
        '--absolute-git-dir',
      );
      await writeFile(path.join(gitDir.trim(), 'index.lock'), '');
      await write(worktree, 'docs/zcp/new.mdx', 'New\n');
      await expect(commit(worktree)).rejects.toMatchObject({
        name: 'GitOperationError',
      });
      expect(await commit(await openWorktree(site, 'job-1'))).toBeDefined();
    });

    it('follows discarding what a step left behind', async () => {
      const worktree = await openWorktree(site, 'job-1');
      await write(worktree, 'docs/zcp/half.mdx', 'Half');
      await write(worktree, 'docs/zcp/a.mdx', 'Half');
      await worktree.discard();
      expect(await commit(worktree)).toBeUndefined();
    });
  });

  describe('where the machine fails', () => {
    /** A git that says what the real one does when the disk does not take what it writes. */
    async function failing(command: string, says: string) {
      const real = (await runGit(site.workDir, '--exec-path')).trim();
      const bin = path.join(site.workDir, 'bin');
      await mkdir(bin, { recursive: true });
      const script = `#!/bin/sh
if [ "$1" = ${command} ]; then
  echo 'fatal: ${says}' >&2
  exit 128
fi
exec ${real}/git "$@"
`;
      await writeFile(path.join(bin, 'git'), script);
      await chmod(path.join(bin, 'git'), 0o755);
      const environment = { PATH: `${bin}:${process.env.PATH}` };
      return site.open({ environment });
    }

    it.each([
      ['add', 'No space left on device', 'no space left'],
      [
        'commit',
        'unable to write new index file: No space left on device',
        'no space left',
      ],
      [
        'commit',
        'Unable to create index.lock: Permission denied',
        'no permission to write',
      ],
    ])(
      'says what to do when `git %s` fails with "%s"',
      async (command, says, advice) => {
        const worktree = await openWorktree(
          site,
          'job-1',
          {},
          await failing(command, says),
        );
        await write(worktree, 'docs/zcp/new.mdx', 'New\n');
        await expect(commit(worktree)).rejects.toMatchObject({
          name: 'GitOperationError',
          message: expect.stringContaining(advice),
        });
        await worktree.push({ signal });
        expect(await site.messages()).toEqual(['Initial commit']);
        await worktree.remove();
        expect(await site.open().hasWorktree('job-1')).toBe(false);
      },
    );

    it('says what to do when there is no space for the copy', async () => {
      const repository = await failing(
        'fetch',
        'write error: No space left on device',
      );
      await expect(repository.update({ signal })).rejects.toMatchObject({
        name: 'GitOperationError',
        message: expect.stringContaining('no space left'),
      });
      await site.open().update({ signal });
    });
  });

  it('needs the token nowhere but in the environment', async () => {
    const seen = path.join(site.workDir, 'arguments');
    const bin = path.join(site.workDir, 'bin');
    await mkdir(bin);
    const real = (await runGit(site.workDir, '--exec-path')).trim();
    await writeFile(
      path.join(bin, 'git'),
      `#!/bin/sh\necho "$@" >> ${seen}\nexec ${real}/git "$@"\n`,
      { mode: 0o755 },
    );
    const environment = { PATH: `${bin}:${process.env.PATH}`, SECRET: 'shh' };
    const worktree = await openWorktree(
      site,
      'job-1',
      {},
      site.open({ environment }),
    );
    await write(worktree, 'docs/zcp/new.mdx', 'New\n');
    await commit(worktree);
    await worktree.push({ signal });
    const args = await readFile(seen, 'utf8');
    expect(args).toContain('push --force-with-lease=');
    expect(args).not.toContain(TOKEN);
    expect(args).not.toContain('Authorization');
  });
});
