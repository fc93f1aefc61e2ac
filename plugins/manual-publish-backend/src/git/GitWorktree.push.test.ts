import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { SiteUnderTest } from './__testUtils__/SiteUnderTest';
import {
  LABELS,
  commit,
  openWorktree,
  startSite,
  write,
} from './__testUtils__/worktrees';

// Each test starts dozens of git processes.
jest.setTimeout(60_000);

const { signal } = new AbortController();

describe('A push of a GitWorktree', () => {
  let site: SiteUnderTest;

  beforeEach(async () => {
    site = await startSite();
  });

  afterEach(() => site.stop());

  it('goes after what others pushed since', async () => {
    const worktree = await openWorktree(site, 'job-1');
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
      const worktree = await openWorktree(site, 'job-1');
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
    const worktree = await openWorktree(site, 'job-1');
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
    const worktree = await openWorktree(site, 'job-1');
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
    const worktree = await openWorktree(site, 'job-1');
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
    const worktree = await openWorktree(site, 'job-1');
    await write(worktree, LABELS, 'ours');
    await commit(worktree);
    await site.remote.commit({ [LABELS]: 'theirs' }, 'Other solution');
    const { overridden } = await worktree.push({ signal });
    expect(overridden).toEqual([]);
    expect(await site.remote.read(LABELS)).toBe('begin + ours + theirs');
  });

  it('does not replace what is not the job’s', async () => {
    const worktree = await openWorktree(site, 'job-1', { sharedFiles: [] });
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
    const worktree = await openWorktree(site, 'job-1');
    await write(worktree, 'docs/zcp/new.mdx', 'New\n');
    await commit(worktree);
    await site.remote.commit({ 'docs/zcp/new.mdx': 'New\n' }, 'Same');
    expect((await worktree.push({ signal })).commits).toEqual([]);
    expect(await site.messages()).toEqual(['Same', 'Initial commit']);
  });

  it('is refused with the words of the remote, and can be pushed later', async () => {
    const worktree = await openWorktree(site, 'job-1');
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
    const worktree = await openWorktree(site, 'job-1', {}, repository);
    await write(worktree, 'docs/zcp/new.mdx', 'New\n');
    await commit(worktree);
    await expect(worktree.push({ signal })).rejects.toMatchObject({
      name: 'RepositoryAccessError',
      message: expect.stringContaining('needs permission to read and write'),
    });
  });

  it('makes no second commit where the answer to the first push was lost', async () => {
    const worktree = await openWorktree(site, 'job-1');
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
    expect(await site.open().findCommits('job-1', { signal })).toEqual([made]);
    expect(await site.open().findCommits('job', { signal })).toEqual([]);
  });

  it('of two jobs on different solutions at once keeps both', async () => {
    const repository = site.open();
    const zcp = await openWorktree(site, 'job-1', {}, repository);
    const apim = await openWorktree(
      site,
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
