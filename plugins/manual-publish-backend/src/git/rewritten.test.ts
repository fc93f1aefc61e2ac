import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runGit } from './__testUtils__/runGit';
import { SiteUnderTest } from './__testUtils__/SiteUnderTest';
import { Worktree } from './SiteRepository';

// Each test starts dozens of git processes.
jest.setTimeout(60_000);

const { signal } = new AbortController();
const scope = {
  folders: ['docs/zcp'],
  sharedFiles: [],
  mergeShared: () => undefined,
};
const BRANCH = 'refs/heads/develop';

describe('a remote whose history is rewritten', () => {
  let site: SiteUnderTest;
  let first: string;
  let second: string;

  beforeEach(async () => {
    site = await SiteUnderTest.start({ 'docs/index.mdx': 'Hello\n' });
    first = (await site.remote.head()) ?? '';
    second = await site.remote.commit({ 'secret.txt': 'password' }, 'Oops');
  });
  afterEach(() => site.stop());

  const remoteGit = (...args: string[]) =>
    runGit(site.remote.directory, ...args);
  const rewind = () => remoteGit('update-ref', BRANCH, first);
  /** Another history altogether, of the same files. */
  const replace = async () => {
    const made = await remoteGit(
      '-c',
      'user.name=Colleague',
      '-c',
      'user.email=colleague@example.com',
      'commit-tree',
      `${first}^{tree}`,
      '-m',
      'Begun anew',
    );
    await remoteGit('update-ref', BRANCH, made.trim());
  };

  async function publish(jobId: string, text: string): Promise<Worktree> {
    const repository = site.open();
    await repository.update({ signal });
    const worktree = await repository.openWorktree(jobId, scope);
    await mkdir(path.join(worktree.path, 'docs/zcp'), { recursive: true });
    await writeFile(path.join(worktree.path, 'docs/zcp/a.mdx'), text);
    await worktree.commit({
      message: jobId,
      step: 'export',
      paths: ['docs/zcp'],
    });
    return worktree;
  }

  it.each([
    ['rewound', rewind, ['job-2', 'Initial commit']],
    ['replaced', replace, ['job-2', 'Begun anew']],
  ])(
    'between two jobs (%s) gets back nothing that it lost',
    async (_how, rewrite, messages) => {
      await (await publish('job-1', 'one')).push({ signal });
      expect(await site.remote.files()).toContain('secret.txt');
      await rewrite();
      await (await publish('job-2', 'two')).push({ signal });
      expect(await site.messages()).toEqual(messages);
      expect(await site.remote.files()).toEqual([
        'docs/index.mdx',
        'docs/zcp/a.mdx',
      ]);
    },
  );

  it.each([
    ['rewound', rewind],
    ['replaced', replace],
  ])(
    'during a job (%s) gets nothing of what was made for the old one',
    async (_how, rewrite) => {
      const worktree = await publish('job-1', 'one');
      expect(await worktree.contains(second)).toBe(true);
      await rewrite();
      const head = await site.remote.head();
      await expect(worktree.push({ signal })).rejects.toMatchObject({
        name: 'HistoryRewritten',
        message: expect.stringContaining('The history of develop'),
      });
      expect(await site.remote.head()).toBe(head);

      await worktree.remove();
      await (await publish('job-1', 'one')).push({ signal });
      expect(await site.remote.files()).toEqual([
        'docs/index.mdx',
        'docs/zcp/a.mdx',
      ]);
    },
  );

  it.each(['refs', 'pack'] as const)(
    'between the look and the push (%s) is not brought back by it',
    async stage => {
      const worktree = await publish('job-1', 'one');
      site.host.beforeNextPush(rewind, stage);
      await expect(worktree.push({ signal })).rejects.toMatchObject({
        name: 'HistoryRewritten',
      });
      expect(await site.remote.head()).toBe(first);
    },
  );

  it('and then added to gets the commits of a job that began after it', async () => {
    await site.open().update({ signal });
    await rewind();
    const worktree = await publish('job-1', 'one');
    await site.remote.commit({ 'other.txt': 'x' }, 'Other');
    await worktree.push({ signal });
    expect(await site.messages()).toEqual(['job-1', 'Other', 'Initial commit']);
  });

  it('away to nothing is said to have no branch, before the job and at its push', async () => {
    const worktree = await publish('job-1', 'one');
    await remoteGit('update-ref', '-d', BRANCH);
    const noBranch = {
      name: 'RepositoryAccessError',
      message: expect.stringContaining('has no branch develop'),
    };
    const repository = site.open();
    await expect(repository.checkAccess({ signal })).rejects.toMatchObject(
      noBranch,
    );
    await expect(repository.update({ signal })).rejects.toMatchObject(noBranch);
    await expect(worktree.push({ signal })).rejects.toMatchObject(noBranch);
    expect(await site.remote.head()).toBeUndefined();
  });

  it('is not asked for what a job made for another branch', async () => {
    await publish('job-1', 'one');
    await remoteGit('update-ref', 'refs/heads/release', first);
    const repository = site.open({ branch: 'release' });
    expect(await repository.isCloned()).toBe(false);
    expect(await repository.hasWorktree('job-1')).toBe(false);
    await repository.update({ signal });
    const worktree = await repository.openWorktree('job-1', scope);
    expect(await worktree.contains(first)).toBe(true);
    expect(await worktree.contains(second)).toBe(false);
    expect(await worktree.head()).toBe(first);
  });

  it('is published to once the branch that was missing is there', async () => {
    const repository = site.open({ branch: 'release' });
    await expect(repository.update({ signal })).rejects.toThrow(
      'has no branch release',
    );
    await remoteGit('update-ref', 'refs/heads/release', first);
    await repository.update({ signal });
    const worktree = await repository.openWorktree('job-1', scope);
    await mkdir(path.join(worktree.path, 'docs/zcp'), { recursive: true });
    await writeFile(path.join(worktree.path, 'docs/zcp/a.mdx'), 'one');
    await worktree.commit({
      message: 'Publish',
      step: 'export',
      paths: ['docs/zcp'],
    });
    await worktree.push({ signal });
    expect(await site.remote.files('release')).toContain('docs/zcp/a.mdx');
    expect(await site.remote.head()).toBe(second);
  });
});
