import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { filesWith, runGit } from './__testUtils__/runGit';
import { SiteUnderTest, TOKEN } from './__testUtils__/SiteUnderTest';
import { WorkDirLost } from '../workDir/OwnDirectory';
import { WorktreeScope } from './SiteRepository';

// Each test starts dozens of git processes.
jest.setTimeout(60_000);

const { signal } = new AbortController();
const scope: WorktreeScope = {
  folders: ['docs/zcp'],
  sharedFiles: [],
  mergeShared: () => undefined,
};

describe('GitSiteRepository', () => {
  let site: SiteUnderTest;

  beforeEach(async () => {
    site = await SiteUnderTest.start({ 'docs/index.mdx': 'Hello\n' });
  });

  afterEach(() => site.stop());

  const open = (...options: Parameters<SiteUnderTest['open']>) =>
    site.open(...options);

  describe('access', () => {
    it('is there with the right token', async () => {
      await expect(open().checkAccess({ signal })).resolves.toBeUndefined();
    });

    it('is refused with a wrong token, with advice and without the token', async () => {
      const attempt = open({ token: 'wr0ng-tok3n' }).checkAccess({ signal });
      await expect(attempt).rejects.toMatchObject({
        name: 'RepositoryAccessError',
        message: expect.stringContaining('manualPublish.repository.token'),
      });
      await expect(attempt).rejects.not.toThrow('wr0ng');
    });

    it('is refused without a token, and nobody is asked for one', async () => {
      await expect(
        open({ token: undefined }).checkAccess({ signal }),
      ).rejects.toMatchObject({ name: 'RepositoryAccessError' });
    });

    it('names a repository that is not there', async () => {
      const url = site.remote.url.replace('site.git', 'other.git');
      await expect(open({ url }).checkAccess({ signal })).rejects.toMatchObject(
        {
          name: 'RepositoryAccessError',
          message: expect.stringContaining(`${url} is no repository`),
        },
      );
    });

    it('names a branch that is not there', async () => {
      await expect(
        open({ branch: 'release' }).checkAccess({ signal }),
      ).rejects.toThrow('has no branch release');
      await expect(
        open({ branch: 'release' }).update({ signal }),
      ).rejects.toThrow('has no branch release');
    });

    it('names a host that does not answer', async () => {
      const url = 'http://127.0.0.1:9/site.git';
      await expect(open({ url }).checkAccess({ signal })).rejects.toThrow(
        'does not answer',
      );
    });

    it('ends when the job is cancelled', async () => {
      const cancelled = AbortSignal.abort(new Error('cancelled'));
      await expect(open().update({ signal: cancelled })).rejects.toThrow(
        'cancelled',
      );
      expect(await open().isCloned()).toBe(false);
    });

    it.each([
      'https://token@github.com/owner/site.git',
      'https://user:token@github.com/owner/site.git',
      'ssh://git:token@github.com/owner/site.git',
      'https://github.com/owner/site.git?private_token=token',
    ])('refuses credentials in the URL: %s', url => {
      expect(() => open({ url })).toThrow('manualPublish.repository.token');
      expect(() => open({ url })).not.toThrow('token@');
    });

    it.each(['ext::sh -c id', 'git://github.com/a/b.git', '--upload-pack=id'])(
      'refuses what is no https, http, ssh or file URL: %s',
      url => {
        expect(() => open({ url })).toThrow('must be an https, http, ssh');
      },
    );

    it.each(['git@github.com:owner/site.git', 'ssh://git@host/owner/site.git'])(
      'takes an ssh address with an account: %s',
      url => {
        expect(() => open({ url })).not.toThrow();
      },
    );

    it.each(['--all', 'a..b', 'a b', 'a:b', ''])(
      'refuses the branch name "%s"',
      branch => {
        expect(() => open({ branch })).toThrow('is no branch name');
      },
    );
  });

  describe('the mirror', () => {
    const mirrorPath = async () => {
      const [name = ''] = await readdir(site.workDir);
      return path.join(site.workDir, name, 'mirror.git');
    };

    it('is made once, and brought up to date after that', async () => {
      const repository = open();
      expect(await repository.isCloned()).toBe(false);
      const stages = new Set<string>();
      await repository.update({ signal, onProgress: p => stages.add(p.stage) });
      expect(await repository.isCloned()).toBe(true);
      expect(stages.size).toBeGreaterThan(0);

      await site.remote.commit({ 'docs/index.mdx': 'Changed\n' }, 'Change');
      await repository.update({ signal });
      const worktree = await repository.openWorktree('job-1', scope);
      expect(await runGit(worktree.path, 'show', 'HEAD:docs/index.mdx')).toBe(
        'Changed\n',
      );
    });

    it('is made anew where it is only half there', async () => {
      await open().update({ signal });
      await rm(path.join(await mirrorPath(), 'HEAD'));
      expect(await open().isCloned()).toBe(false);
      await open().update({ signal });
      expect(await open().isCloned()).toBe(true);
    });

    it('is made anew where its objects are damaged', async () => {
      const repository = open();
      await repository.update({ signal });
      const packs = path.join(await mirrorPath(), 'objects');
      const files = await readdir(packs, {
        recursive: true,
        withFileTypes: true,
      });
      for (const file of files.filter(each => each.isFile())) {
        await truncate(path.join(file.parentPath, file.name), 8);
      }
      await site.remote.commit({ 'docs/index.mdx': 'Changed\n' }, 'Change');
      await repository.update({ signal });
      expect(await repository.isCloned()).toBe(true);
    });

    it('takes away the leftovers of a clone and the locks of a fetch that were killed', async () => {
      await open().update({ signal });
      const mirror = await mirrorPath();
      const unfinished = path.join(path.dirname(mirror), 'unfinished-abc');
      await mkdir(unfinished);
      await writeFile(path.join(mirror, 'packed-refs.lock'), '');
      await writeFile(
        path.join(mirror, 'refs/remotes/origin/develop.lock'),
        '',
      );
      await site.remote.commit({ 'docs/index.mdx': 'Changed\n' }, 'Change');
      await open().update({ signal });
      await rm(path.join(mirror, 'HEAD'));
      await open().update({ signal });
      expect(existsSync(unfinished)).toBe(false);
    });

    it('is updated by many jobs at once', async () => {
      const repository = open();
      await Promise.all(
        Array.from({ length: 6 }, () => repository.update({ signal })),
      );
      expect(await repository.isCloned()).toBe(true);
    });
  });

  describe('worktrees', () => {
    it('are found again by their job, with what stands in them', async () => {
      await open().update({ signal });
      const first = await open().openWorktree('job-1', scope);
      await writeFile(path.join(first.path, 'note'), 'kept');
      expect(await open().hasWorktree('job-1')).toBe(true);
      const second = await open().openWorktree('job-1', scope);
      expect(second.path).toBe(first.path);
      expect(existsSync(path.join(second.path, 'note'))).toBe(true);
    });

    it('are made anew where git was killed while making them', async () => {
      await open().update({ signal });
      const first = await open().openWorktree('job-1', scope);
      const gitDir = await runGit(
        first.path,
        'rev-parse',
        '--absolute-git-dir',
      );
      await writeFile(path.join(gitDir.trim(), 'locked'), 'initializing');
      await rm(path.join(first.path, 'docs'), { recursive: true });
      expect(await open().hasWorktree('job-1')).toBe(false);
      const second = await open().openWorktree('job-1', scope);
      expect(existsSync(path.join(second.path, 'docs/index.mdx'))).toBe(true);
    });

    it('go when their jobs have ended, whatever state they are in', async () => {
      const repository = open();
      await repository.update({ signal });
      const kept = await repository.openWorktree('job-1', scope);
      const orphan = await repository.openWorktree('job-2', scope);
      const broken = await repository.openWorktree('job-3', scope);
      await rm(path.join(broken.path, '.git'));
      expect(await open().sweep(async () => ['job-1'])).toEqual([
        'job-2',
        'job-3',
      ]);
      expect(existsSync(kept.path)).toBe(true);
      expect(existsSync(orphan.path)).toBe(false);
      expect(existsSync(broken.path)).toBe(false);
      const list = await runGit(kept.path, 'worktree', 'list', '--porcelain');
      expect(list).not.toContain('job-2');
      expect(list).not.toContain('job-3');
    });

    it('go with the mirror of a repository that is not configured any more', async () => {
      await open().update({ signal });
      const [name = ''] = await readdir(site.workDir);
      await mkdir(path.join(site.workDir, 'media'));
      const next = open({ branch: 'main' });
      await next.sweep(async () => []);
      const left = await readdir(site.workDir);
      expect(left).toHaveLength(2);
      expect(left).toContain('media');
      expect(left).not.toContain(name);
    });

    it('stay, as mirrors do, where the directory is not this process’ own any more', async () => {
      let isLost = false;
      const demandOwn = async () => {
        if (isLost) throw new WorkDirLost('It was lost');
      };
      const repository = open({ demandOwn });
      await repository.update({ signal });
      const worktree = await repository.openWorktree('job-1', scope);
      const head = await worktree.head();
      const mirror = path.resolve(worktree.path, '../../mirror.git');
      isLost = true;
      const lost = { name: 'WorkDirLost' };
      const other = open({ branch: 'main', demandOwn });
      await expect(other.sweep(async () => [])).rejects.toMatchObject(lost);
      await expect(repository.sweep(async () => [])).rejects.toMatchObject(
        lost,
      );
      await expect(worktree.remove()).rejects.toMatchObject(lost);
      await expect(worktree.contains(head)).rejects.toMatchObject(lost);
      expect(existsSync(mirror)).toBe(true);
      expect(existsSync(path.join(worktree.path, 'docs/index.mdx'))).toBe(true);
    });

    it('are left to whoever took the directory during a clone', async () => {
      let isLost = false;
      const repository = open({
        demandOwn: async () => {
          if (isLost) throw new WorkDirLost('It was lost');
        },
      });
      await repository.update({ signal });
      const worktree = await repository.openWorktree('job-1', scope);
      const mirror = path.resolve(worktree.path, '../../mirror.git');
      await rm(mirror, { recursive: true });
      const attempt = repository.update({
        signal,
        onProgress: () => {
          isLost = true;
          mkdirSync(mirror, { recursive: true });
          writeFileSync(path.join(mirror, 'theirs'), '');
        },
      });
      await expect(attempt).rejects.toMatchObject({ name: 'WorkDirLost' });
      expect(isLost).toBe(true);
      expect(await readdir(mirror)).toContain('theirs');
    });

    it('keep the locks of whoever took the directory before', async () => {
      await open().update({ signal });
      const worktree = await open().openWorktree('job-1', scope);
      const mirror = path.resolve(worktree.path, '../../mirror.git');
      const lock = path.join(mirror, 'packed-refs.lock');
      await writeFile(lock, '');
      const attempt = open({
        demandOwn: async () => {
          throw new WorkDirLost('It was lost');
        },
      }).update({ signal });
      await expect(attempt).rejects.toMatchObject({ name: 'WorkDirLost' });
      expect(existsSync(lock)).toBe(true);
    });

    it('refuse a job id that is a path', async () => {
      await expect(open().openWorktree('../other', scope)).rejects.toThrow(
        'is no id of a job',
      );
    });

    it('do not run the hooks of the machine or its templates', async () => {
      const repository = open();
      await repository.update({ signal });
      const worktree = await repository.openWorktree('job-1', scope);
      const common = await runGit(
        worktree.path,
        'rev-parse',
        '--path-format=absolute',
        '--git-common-dir',
      );
      const trace = path.join(site.workDir, 'hook-ran');
      await mkdir(path.join(common.trim(), 'hooks'), { recursive: true });
      for (const hook of [
        'pre-commit',
        'commit-msg',
        'pre-push',
        'post-checkout',
        'reference-transaction',
      ]) {
        await writeFile(
          path.join(common.trim(), 'hooks', hook),
          `#!/bin/sh\ntouch '${trace}'\n`,
          { mode: 0o755 },
        );
      }
      await writeFile(path.join(worktree.path, 'docs/index.mdx'), 'New\n');
      await worktree.commit({
        message: 'New',
        step: 'export',
        paths: ['docs'],
      });
      await worktree.push({ signal });
      expect(await site.remote.read('docs/index.mdx')).toBe('New\n');
      expect(existsSync(trace)).toBe(false);
    });
  });

  it('leaves the token in no file, log line or message', async () => {
    const repository = open();
    await repository.checkAccess({ signal });
    await repository.update({ signal });
    const worktree = await repository.openWorktree('job-1', scope);
    await writeFile(path.join(worktree.path, 'docs/index.mdx'), 'New\n');
    await worktree.commit({ message: 'New', step: 'export', paths: ['docs'] });
    site.host.rejectPushes(`you sent ${TOKEN}`);
    const refused = worktree.push({ signal });
    await expect(refused).rejects.toThrow('you sent ***');
    await expect(refused).rejects.not.toThrow(TOKEN);
    await repository.sweep(async () => []);

    const basic = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
    for (const secret of [TOKEN, basic]) {
      expect(await filesWith(site.workDir, secret)).toEqual([]);
      expect(JSON.stringify(site.logger.info.mock.calls)).not.toContain(secret);
    }
  });
});
