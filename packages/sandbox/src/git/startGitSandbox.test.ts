import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GitClient } from '../__testUtils__/GitClient';
import {
  GitSandbox,
  GitSandboxOptions,
  startGitSandbox,
} from './startGitSandbox';

// A test runs git several times, each of which starts programs.
jest.setTimeout(60_000);

describe('the git host', () => {
  const toUndo: Array<() => Promise<unknown>> = [];
  afterEach(async () => {
    for (const undo of toUndo.splice(0).reverse()) await undo();
  });

  async function start(options: GitSandboxOptions = {}): Promise<GitSandbox> {
    const sandbox = await startGitSandbox({
      repositories: [
        {
          name: 'docs',
          tree: async () => ({ 'README.md': 'Hello\n', 'docs/a.md': 'A\n' }),
        },
      ],
      ...options,
    });
    toUndo.push(() => sandbox.stop());
    return sandbox;
  }

  async function client(token?: string): Promise<GitClient> {
    const git = await GitClient.create(token);
    toUndo.push(() => git.remove());
    return git;
  }

  /** A clone with a commit that has not been pushed. */
  async function aheadOf(sandbox: GitSandbox): Promise<GitClient> {
    const git = await client(sandbox.token);
    await git.clone(sandbox.repository().url);
    await git.commit('new.md', 'New\n');
    return git;
  }

  describe('without faults', () => {
    it('is cloned, on the branch that it has', async () => {
      const sandbox = await start();
      const git = await client(sandbox.token);

      await expect(git.clone(sandbox.repository().url)).resolves.toEqual({
        ok: true,
        said: '',
      });

      await expect(git.run('branch', '--show-current')).resolves.toEqual({
        ok: true,
        said: 'develop\n',
      });
      await expect(
        readFile(path.join(git.directory, 'docs/a.md'), 'utf8'),
      ).resolves.toBe('A\n');
    });

    it('takes a push, and shows its files, content and author', async () => {
      const sandbox = await start();
      const git = await aheadOf(sandbox);

      expect((await git.push()).ok).toBe(true);

      const docs = sandbox.repository();
      await expect(docs.files()).resolves.toEqual([
        'README.md',
        'docs/a.md',
        'new.md',
      ]);
      await expect(docs.read('new.md')).resolves.toBe('New\n');
      const [newest, first] = await docs.log();
      expect(newest).toMatchObject({
        author: { name: 'Herald', email: 'herald@example.com' },
        message: 'Write new.md',
        paths: ['new.md'],
      });
      expect(first?.message).toBe('Initial commit');
      expect(first?.paths).toEqual(['README.md', 'docs/a.md']);
    });

    it('counts who came to fetch and who came to push', async () => {
      const sandbox = await start();
      const git = await aheadOf(sandbox);
      await git.run('fetch');
      await git.push();
      expect(sandbox.traffic()).toEqual({ fetches: 2, pushes: 1 });
    });

    it('takes what is sent in pieces, as git does with much', async () => {
      const sandbox = await start();
      const git = await aheadOf(sandbox);
      const much = randomBytes(3 * 1024 * 1024);
      await git.commit('much.bin', much);

      expect((await git.push()).ok).toBe(true);

      const kept = await sandbox.repository().readBytes('much.bin');
      expect(kept.equals(much)).toBe(true);
    });

    it('understands compressed questions, as git asks them when it has much', async () => {
      const sandbox = await start();
      const git = await aheadOf(sandbox);
      for (let count = 0; count < 60; count += 1) {
        await git.run('commit', '--quiet', '--allow-empty', '-m', 'More');
      }
      await sandbox.repository().commit({ 'b.md': 'B\n' }, 'Quicker');

      const { ok, said } = await git.run('fetch');

      expect(said).toMatch(/develop {4}-> origin\/develop/);
      expect(ok).toBe(true);
    });

    it('keeps repositories apart', async () => {
      const sandbox = await start({
        repositories: [
          { name: 'one', tree: async () => ({ a: '1' }) },
          { name: 'two', branch: 'main', tree: async () => ({ b: '2' }) },
        ],
      });
      await expect(sandbox.repository('one').files()).resolves.toEqual(['a']);
      await expect(sandbox.repository('two').files('main')).resolves.toEqual([
        'b',
      ]);
      expect(() => sandbox.repository('three')).toThrow('three');
    });

    it('has the docs site on develop when nothing else is said', async () => {
      const sandbox = await startGitSandbox();
      toUndo.push(() => sandbox.stop());
      const files = await sandbox.repository('docs').files('develop');
      expect(files).toEqual(
        expect.arrayContaining([
          'docs/index.mdx',
          'docusaurus.config.ts',
          'package-lock.json',
        ]),
      );
      expect(
        files.filter(file => /node_modules|^build|^sample/.test(file)),
      ).toEqual([]);
    });

    it('keeps a directory that it was given, and goes on with what is there', async () => {
      const directory = await mkdtemp(path.join(tmpdir(), 'herald-kept-'));
      toUndo.push(() => rm(directory, { recursive: true }));
      const before = await startGitSandbox({ directory });
      await before.repository().commit({ 'kept.md': 'Kept' }, 'Keep');
      await before.stop();

      const after = await start({ directory });

      await expect(after.repository().read('kept.md')).resolves.toBe('Kept');
      const messages = (await after.repository().log()).map(
        each => each.message,
      );
      expect(messages).toEqual(['Keep', 'Initial commit']);
    });
  });

  describe('credentials', () => {
    it('asks for them', async () => {
      const sandbox = await start();
      const git = await client();
      const { ok, said } = await git.clone(sandbox.repository().url);
      expect(ok).toBe(false);
      expect(said).toMatch(/could not read Username/);
      expect(sandbox.log.calls.map(each => each.status)).toEqual([401]);
    });

    it('refuses a wrong token', async () => {
      const sandbox = await start();
      const git = await client('wrong');
      const { ok, said } = await git.clone(sandbox.repository().url);
      expect(ok).toBe(false);
      expect(said).toMatch(/Authentication failed|could not read Username/);
      expect(sandbox.traffic()).toEqual({ fetches: 0, pushes: 0 });
    });

    it('lets a token that may only read fetch, and not push', async () => {
      const sandbox = await start();
      const git = await client(sandbox.readOnlyToken);
      expect((await git.clone(sandbox.repository().url)).ok).toBe(true);
      await git.commit('new.md', 'New\n');

      const { ok, said } = await git.push();

      expect(ok).toBe(false);
      expect(said).toMatch(/403/);
      await expect(sandbox.repository().log()).resolves.toHaveLength(1);
    });

    it('has no repository of another name', async () => {
      const sandbox = await start();
      const git = await client(sandbox.token);
      const { ok, said } = await git.clone(`${sandbox.url}/other.git`);
      expect(ok).toBe(false);
      expect(said).toMatch(/not found/);
    });
  });

  describe('what goes wrong', () => {
    it('refuses pushes with the words of a hook, until it no longer does', async () => {
      const sandbox = await start();
      const git = await aheadOf(sandbox);
      const accept = sandbox.rejectPushes('Only on weekdays, "please"; $HOME');

      const refused = await git.push();

      expect(refused.ok).toBe(false);
      expect(refused.said).toMatch('remote: Only on weekdays, "please"; $HOME');
      expect(refused.said).toMatch(/pre-receive hook declined/);
      await expect(sandbox.repository().log()).resolves.toHaveLength(1);

      accept();
      expect((await git.push()).ok).toBe(true);
    });

    it('has moved on since the fetch', async () => {
      const sandbox = await start();
      const git = await aheadOf(sandbox);
      await sandbox
        .repository()
        .commit({ 'docs/b.md': 'B\n', 'docs/a.md': null }, 'Move on');

      const refused = await git.push();

      expect(refused.ok).toBe(false);
      expect(refused.said).toMatch(/fetch first/);
      expect((await git.run('pull', '--quiet', '--rebase')).ok).toBe(true);
      expect((await git.push()).ok).toBe(true);
      await expect(sandbox.repository().files()).resolves.toEqual([
        'README.md',
        'docs/b.md',
        'new.md',
      ]);
      const authors = (await sandbox.repository().log()).map(
        each => each.author.name,
      );
      expect(authors).toEqual(['Herald', 'Some Colleague', 'Some Colleague']);
    });

    it.each(['refs', 'pack'] as const)(
      'moves on while a push waits (%s), once',
      async stage => {
        const sandbox = await start();
        const git = await aheadOf(sandbox);
        sandbox.beforeNextPush(
          () => sandbox.repository().commit({ 'b.md': 'B\n' }, 'Quicker'),
          stage,
        );

        const refused = await git.push();

        expect(refused.ok).toBe(false);
        expect(refused.said).toMatch(/rejected/);
        await git.run('pull', '--quiet', '--rebase');
        expect((await git.push()).ok).toBe(true);
      },
    );

    it('takes no forced push', async () => {
      const sandbox = await start();
      const git = await aheadOf(sandbox);
      await sandbox.repository().commit({ 'b.md': 'B\n' }, 'Quicker');
      const { ok, said } = await git.push('--force');
      expect(ok).toBe(false);
      expect(said).toMatch(/non-fast-forward/);
    });

    it('answers 503 as often as it is told to', async () => {
      const sandbox = await start();
      const git = await aheadOf(sandbox);
      sandbox.faults.add({ path: 'git-receive-pack', status: 503, times: 1 });

      const { ok, said } = await git.push();

      expect(ok).toBe(false);
      expect(said).toMatch(/503/);
      expect((await git.push()).ok).toBe(true);
    });

    it('cuts a connection before it answers', async () => {
      const sandbox = await start();
      const git = await client(sandbox.token);
      sandbox.faults.add({ path: 'git-upload-pack', cut: 'before', times: 1 });

      const { ok, said } = await git.clone(sandbox.repository().url);

      expect(ok).toBe(false);
      expect(said).toMatch(/Empty reply|unable to access/);
      expect((await git.clone(sandbox.repository().url)).ok).toBe(true);
    });

    it('cuts a clone short', async () => {
      const sandbox = await start();
      const git = await client(sandbox.token);
      sandbox.faults.add({ method: 'POST', cut: 'midway', times: 1 });
      expect((await git.clone(sandbox.repository().url)).ok).toBe(false);
    });

    it('loses the answer to a push that took place', async () => {
      const sandbox = await start();
      const git = await aheadOf(sandbox);
      sandbox.faults.add({ method: 'POST', cut: 'midway', times: 1 });

      expect((await git.push()).ok).toBe(false);

      const [newest] = await sandbox.repository().log();
      expect(newest?.message).toBe('Write new.md');
      expect((await git.push()).said).toMatch(/up-to-date/);
    });

    it('is slow', async () => {
      const sandbox = await start();
      const git = await client(sandbox.token);
      sandbox.faults.add({ delayMs: 300, times: 1 });
      const began = performance.now();
      expect((await git.clone(sandbox.repository().url)).ok).toBe(true);
      expect(performance.now() - began).toBeGreaterThanOrEqual(300);
    });
  });

  it('has whatever a repository may have: links, huge files, odd names', async () => {
    const sandbox = await start();
    const odd = 'docs/"quoted" \\ 하늘\n.md';
    await sandbox.repository().commit(
      {
        'docs/outside': { symlink: '../../../etc/passwd' },
        'docs/huge.bin': Buffer.alloc(5 * 1024 * 1024, 7),
        [odd]: 'Odd\n',
      },
      'Hostile',
      { author: { name: 'Mallory', email: 'mallory@example.com' } },
    );
    const git = await client(sandbox.token);
    expect((await git.clone(sandbox.repository().url)).ok).toBe(true);

    await expect(sandbox.repository().read('docs/outside')).resolves.toBe(
      '../../../etc/passwd',
    );
    await expect(sandbox.repository().read(odd)).resolves.toBe('Odd\n');
    await expect(readFile(path.join(git.directory, odd), 'utf8')).resolves.toBe(
      'Odd\n',
    );
    expect((await sandbox.repository().log())[0]).toMatchObject({
      author: { name: 'Mallory' },
      paths: [odd, 'docs/huge.bin', 'docs/outside'].sort(),
    });
  });
});
