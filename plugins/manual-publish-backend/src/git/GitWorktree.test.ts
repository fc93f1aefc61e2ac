import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runGit } from './__testUtils__/runGit';
import { SiteUnderTest, TOKEN } from './__testUtils__/SiteUnderTest';
import { FileVersions, Worktree, WorktreeScope } from './SiteRepository';

// Each test starts dozens of git processes.
jest.setTimeout(60_000);

const { signal } = new AbortController();
const LABELS = 'i18n/ko/current.json';

describe('GitWorktree', () => {
  let site: SiteUnderTest;

  beforeEach(async () => {
    site = await SiteUnderTest.start({
      'docs/index.mdx': 'Hello\n',
      'docs/zcp/a.mdx': 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n',
      '.gitignore': '*.mdx\n',
      [LABELS]: 'begin',
    });
  });

  afterEach(() => site.stop());

  const joined = ({ base, ours, theirs }: FileVersions) =>
    `${base} + ${ours} + ${theirs}`;

  async function open(
    jobId: string,
    options: Partial<WorktreeScope> = {},
    repository = site.open(),
  ): Promise<Worktree> {
    await repository.update({ signal });
    return repository.openWorktree(jobId, {
      folders: ['docs/zcp'],
      sharedFiles: [LABELS],
      mergeShared: (_file, versions) => joined(versions),
      ...options,
    });
  }

  async function write(worktree: Worktree, file: string, text: string) {
    const target = path.join(worktree.path, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }

  const commit = (worktree: Worktree, message = 'Publish') =>
    worktree.commit({
      message,
      step: 'export',
      paths: ['docs/zcp', LABELS, 'static/zcp'],
    });

  describe('a commit', () => {
    it('has the author that is configured, and says whose it is', async () => {
      const worktree = await open('job-1');
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
      const worktree = await open('job-1');
      expect(await commit(worktree)).toBeUndefined();
      expect(await worktree.push({ signal })).toEqual({
        commits: [],
        overridden: [],
      });
      expect(site.host.traffic().pushes).toBe(0);
    });

    it('holds what lies below its paths and nothing else, ignored or not', async () => {
      const worktree = await open('job-1');
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
      const worktree = await open('job-1');
      await rm(path.join(worktree.path, 'docs/zcp'), { recursive: true });
      await commit(worktree);
      await worktree.push({ signal });
      expect(await site.remote.files()).not.toContain('docs/zcp/a.mdx');
    });

    it('takes no pattern for a path', async () => {
      const worktree = await open('job-1');
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
      const worktree = await open('job-1');
      await write(worktree, 'docs/zcp/new.mdx', 'New\n');
      const first = await commit(worktree);
      const again = await open('job-1');
      expect(await commit(again)).toEqual(first);

      await write(again, 'docs/zcp/new.mdx', 'Newer\n');
      await commit(again);
      await again.push({ signal });
      expect(await site.messages()).toEqual(['Publish', 'Initial commit']);
      expect(await site.remote.read('docs/zcp/new.mdx')).toBe('Newer\n');
    });

    it('goes on after a process that was killed while git wrote its index', async () => {
      const worktree = await open('job-1');
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
      expect(await commit(await open('job-1'))).toBeDefined();
    });

    it('follows discarding what a step left behind', async () => {
      const worktree = await open('job-1');
      await write(worktree, 'docs/zcp/half.mdx', 'Half');
      await write(worktree, 'docs/zcp/a.mdx', 'Half');
      await worktree.discard();
      expect(await commit(worktree)).toBeUndefined();
    });
  });

  describe('a push', () => {
    it('goes after what others pushed since', async () => {
      const worktree = await open('job-1');
      await write(worktree, 'docs/zcp/new.mdx', 'New\n');
      await commit(worktree, 'Export');
      await write(worktree, 'docs/zcp/new.mdx', 'Newer\n');
      await worktree.commit({
        message: 'Translation',
        step: 'translation',
        paths: ['docs/zcp'],
      });
      await site.remote.commit({ 'docs/index.mdx': 'Other\n' }, 'Other');

      const { commits, overridden } = await worktree.push({ signal });
      expect(overridden).toEqual([]);
      expect(commits.map(each => [each.step, each.message])).toEqual([
        ['export', 'Export'],
        ['translation', 'Translation'],
      ]);
      expect(await site.messages()).toEqual([
        'Translation',
        'Export',
        'Other',
        'Initial commit',
      ]);
      expect((await site.remote.log()).map(each => each.id)).toEqual(
        expect.arrayContaining(commits.map(each => each.sha)),
      );
      expect(
        await readFile(path.join(worktree.path, 'docs/index.mdx'), 'utf8'),
      ).toBe('Other\n');
    });

    it.each(['refs', 'pack'] as const)(
      'is tried again where others push between look and push (%s)',
      async stage => {
        const worktree = await open('job-1');
        await write(worktree, 'docs/zcp/new.mdx', 'New\n');
        await commit(worktree);
        site.host.beforeNextPush(
          () => site.remote.commit({ 'docs/index.mdx': 'Other\n' }, 'Other'),
          stage,
        );
        await worktree.push({ signal });
        expect(await site.messages()).toEqual([
          'Publish',
          'Other',
          'Initial commit',
        ]);
      },
    );

    it('gives up where others are faster each time', async () => {
      const worktree = await open('job-1');
      await write(worktree, 'docs/zcp/new.mdx', 'New\n');
      await commit(worktree);
      let count = 0;
      const race = async () => {
        count += 1;
        site.host.beforeNextPush(race);
        await site.remote.commit({ 'docs/index.mdx': `${count}` }, 'Other');
      };
      site.host.beforeNextPush(race);
      await expect(worktree.push({ signal })).rejects.toThrow(
        'Others pushed to develop each time, 8 times',
      );
      expect(await site.messages()).not.toContain('Publish');
    });

    it('replaces whole files of the solution that others changed, and says so', async () => {
      const worktree = await open('job-1');
      await write(
        worktree,
        'docs/zcp/a.mdx',
        'ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n',
      );
      await write(worktree, 'docs/zcp/b/c.mdx', 'page');
      await commit(worktree);
      await site.remote.commit(
        {
          'docs/zcp/a.mdx': 'one\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n',
          'docs/zcp/b': 'a file where the export has a folder',
          'docs/zcp/kept.mdx': 'kept',
        },
        'Edited by hand',
      );
      const { overridden } = await worktree.push({ signal });
      expect(overridden).toEqual(['docs/zcp/a.mdx', 'docs/zcp/b']);
      expect(await site.remote.read('docs/zcp/a.mdx')).toBe(
        'ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n',
      );
      expect(await site.remote.files()).toEqual(
        expect.arrayContaining(['docs/zcp/b/c.mdx', 'docs/zcp/kept.mdx']),
      );
    });

    it('replaces a file that others removed, and removes one that others changed', async () => {
      await site.remote.commit({ 'docs/zcp/b.mdx': 'b' }, 'Second page');
      const worktree = await open('job-1');
      await write(worktree, 'docs/zcp/a.mdx', 'Published\n');
      await rm(path.join(worktree.path, 'docs/zcp/b.mdx'));
      await commit(worktree);
      await site.remote.commit(
        { 'docs/zcp/a.mdx': null, 'docs/zcp/b.mdx': 'B' },
        'Edited by hand',
      );
      const { overridden } = await worktree.push({ signal });
      expect(overridden).toEqual(['docs/zcp/a.mdx', 'docs/zcp/b.mdx']);
      expect(await site.remote.read('docs/zcp/a.mdx')).toBe('Published\n');
      expect(await site.remote.files()).not.toContain('docs/zcp/b.mdx');
    });

    it('joins what others did to a file that solutions share', async () => {
      const worktree = await open('job-1');
      await write(worktree, LABELS, 'ours');
      await commit(worktree);
      await site.remote.commit({ [LABELS]: 'theirs' }, 'Other solution');
      const { overridden } = await worktree.push({ signal });
      expect(overridden).toEqual([]);
      expect(await site.remote.read(LABELS)).toBe('begin + ours + theirs');
    });

    it('does not replace what is not the job’s', async () => {
      const worktree = await open('job-1', { sharedFiles: [] });
      await write(worktree, LABELS, 'ours');
      await commit(worktree);
      await site.remote.commit({ [LABELS]: 'theirs' }, 'Other');
      await expect(worktree.push({ signal })).rejects.toMatchObject({
        name: 'GitOperationError',
        message: expect.stringContaining(LABELS),
      });
      expect(await site.remote.read(LABELS)).toBe('theirs');
    });

    it('disappears where others pushed the very same', async () => {
      const worktree = await open('job-1');
      await write(worktree, 'docs/zcp/new.mdx', 'New\n');
      await commit(worktree);
      await site.remote.commit({ 'docs/zcp/new.mdx': 'New\n' }, 'Same');
      expect((await worktree.push({ signal })).commits).toEqual([]);
      expect(await site.messages()).toEqual(['Same', 'Initial commit']);
    });

    it('is refused with the words of the remote, and can be pushed later', async () => {
      const worktree = await open('job-1');
      await write(worktree, 'docs/zcp/new.mdx', 'New\n');
      await commit(worktree);
      const permit = site.host.rejectPushes('GH006: Protected branch');
      await expect(worktree.push({ signal })).rejects.toMatchObject({
        name: 'GitOperationError',
        message:
          'The remote does not take commits on develop: GH006: Protected branch',
      });
      permit();
      await worktree.push({ signal });
      expect(await site.messages()).toEqual(['Publish', 'Initial commit']);
    });

    it('is refused with advice where the token may only read', async () => {
      const repository = site.open({ token: site.host.readOnlyToken });
      const worktree = await open('job-1', {}, repository);
      await write(worktree, 'docs/zcp/new.mdx', 'New\n');
      await commit(worktree);
      await expect(worktree.push({ signal })).rejects.toMatchObject({
        name: 'RepositoryAccessError',
        message: expect.stringContaining('needs permission to read and write'),
      });
    });

    it('makes no second commit where the answer to the first push was lost', async () => {
      const worktree = await open('job-1');
      await write(worktree, 'docs/zcp/new.mdx', 'New\n');
      const made = await commit(worktree);
      site.host.faults.add({
        path: '/git-receive-pack',
        method: 'POST',
        cut: 'midway',
        times: 1,
      });
      const { commits } = await worktree.push({ signal });
      expect(commits).toEqual([made]);
      expect(await site.messages()).toEqual(['Publish', 'Initial commit']);
      expect(await site.open().findCommits('job-1', { signal })).toEqual([
        made,
      ]);
      expect(await site.open().findCommits('job', { signal })).toEqual([]);
    });

    it('of two jobs on different solutions at once keeps both', async () => {
      const repository = site.open();
      const zcp = await open('job-1', {}, repository);
      const apim = await open(
        'job-2',
        {
          folders: ['docs/apim'],
          mergeShared: (_file, v) => `${v.ours},${v.theirs}`,
        },
        repository,
      );
      await write(zcp, 'docs/zcp/new.mdx', 'New\n');
      await write(apim, 'docs/apim/new.mdx', 'New\n');
      await commit(zcp, 'ZCP');
      await apim.commit({
        message: 'APIM',
        step: 'export',
        paths: ['docs/apim'],
      });
      await Promise.all([zcp.push({ signal }), apim.push({ signal })]);
      expect((await site.messages()).sort()).toEqual([
        'APIM',
        'Initial commit',
        'ZCP',
      ]);
      expect(await site.remote.files()).toEqual(
        expect.arrayContaining(['docs/zcp/new.mdx', 'docs/apim/new.mdx']),
      );
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
        const worktree = await open('job-1', {}, await failing(command, says));
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
    const worktree = await open('job-1', {}, site.open({ environment }));
    await write(worktree, 'docs/zcp/new.mdx', 'New\n');
    await commit(worktree);
    await worktree.push({ signal });
    const args = await readFile(seen, 'utf8');
    expect(args).toContain('push --force-with-lease=');
    expect(args).not.toContain(TOKEN);
    expect(args).not.toContain('Authorization');
  });
});
