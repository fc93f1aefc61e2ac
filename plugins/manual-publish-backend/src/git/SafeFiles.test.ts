import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { SafeFiles } from './SafeFiles';

describe('SafeFiles', () => {
  let base: string;
  let root: string;
  let outside: string;
  let files: SafeFiles;

  beforeEach(async () => {
    base = await mkdtemp(path.join(os.tmpdir(), 'herald-files-'));
    root = path.join(base, 'worktree');
    outside = path.join(base, 'outside');
    await mkdir(path.join(root, 'docs/zcp'), { recursive: true });
    await mkdir(outside);
    await writeFile(path.join(outside, 'secret'), 'secret');
    files = new SafeFiles(root, {
      folders: ['docs/zcp', 'static/zcp'],
      files: ['i18n/ko/current.json'],
    });
  });

  afterEach(() => rm(base, { recursive: true, force: true }));

  const expectOutsideUntouched = async () => {
    expect(await readdir(outside)).toEqual(['secret']);
    expect(await readFile(path.join(outside, 'secret'), 'utf8')).toBe('secret');
  };

  it('writes what is new or different, and nothing else', async () => {
    expect(await files.write('docs/zcp/a/b.mdx', 'one')).toBe(true);
    expect(await files.write('docs/zcp/a/b.mdx', 'one')).toBe(false);
    expect(await files.write('docs/zcp/a/b.mdx', 'on')).toBe(true);
    expect(await files.read('docs/zcp/a/b.mdx')).toBe('on');
    expect(await files.write('i18n/ko/current.json', '{}')).toBe(true);
  });

  it('replaces a link in its folders by a file', async () => {
    await symlink(
      path.join(outside, 'secret'),
      path.join(root, 'docs/zcp/a.mdx'),
    );
    expect(await files.read('docs/zcp/a.mdx')).toBeUndefined();
    await files.write('docs/zcp/a.mdx', 'page');
    expect((await lstat(path.join(root, 'docs/zcp/a.mdx'))).isFile()).toBe(
      true,
    );
    await expectOutsideUntouched();
  });

  it('replaces a link in its folders by a folder', async () => {
    await symlink(outside, path.join(root, 'docs/zcp/a'));
    expect(await files.read('docs/zcp/a/secret')).toBeUndefined();
    expect(await files.list('docs/zcp')).toEqual(['docs/zcp/a']);
    expect(await files.list('docs/zcp/a')).toEqual([]);
    expect(await files.write('docs/zcp/a/b.mdx', 'page')).toBe(true);
    await expectOutsideUntouched();
  });

  it('replaces its own folder where that is a link', async () => {
    await rm(path.join(root, 'docs/zcp'), { recursive: true });
    await symlink(outside, path.join(root, 'docs/zcp'));
    expect(await files.write('docs/zcp/a.mdx', 'page')).toBe(true);
    await expectOutsideUntouched();
  });

  it.each([
    ['a folder above', 'docs', 'docs/zcp/a.mdx'],
    ['a folder above a shared file', 'i18n', 'i18n/ko/current.json'],
  ])('refuses where %s is a link', async (_what, link, file) => {
    await rm(path.join(root, link), { recursive: true, force: true });
    await mkdir(path.join(outside, '..', 'elsewhere'));
    await symlink(path.join(base, 'elsewhere'), path.join(root, link));
    await expect(files.write(file, 'page')).rejects.toMatchObject({
      name: 'UnsafePathError',
    });
    expect(await readdir(path.join(base, 'elsewhere'))).toEqual([]);
  });

  it('refuses a shared file that is a link', async () => {
    await mkdir(path.join(root, 'i18n/ko'), { recursive: true });
    await symlink(
      path.join(outside, 'secret'),
      path.join(root, 'i18n/ko/current.json'),
    );
    expect(await files.read('i18n/ko/current.json')).toBeUndefined();
    await expect(files.write('i18n/ko/current.json', '{}')).rejects.toThrow(
      'does not write through it',
    );
    await expectOutsideUntouched();
  });

  it('removes links and not what they point to', async () => {
    await symlink(
      path.join(outside, 'secret'),
      path.join(root, 'docs/zcp/a.mdx'),
    );
    await symlink(outside, path.join(root, 'docs/zcp/b'));
    expect(await files.remove('docs/zcp/a.mdx')).toBe(true);
    expect(await files.remove('docs/zcp/b/secret')).toBe(false);
    await expectOutsideUntouched();
  });

  it.each([
    '../outside/secret',
    'docs/zcp/../../../outside/secret',
    '/etc/passwd',
    'docs/zcp/.git/config',
    'docs/zcp/.GIT',
    'docs/zcp//a',
    'docs/zcp/a\\..\\b',
    'docs/zcp/a\u0000',
    '',
  ])('refuses the path %j', async file => {
    const refusal = { name: 'UnsafePathError' };
    await expect(files.write(file, 'x')).rejects.toMatchObject(refusal);
    await expect(files.remove(file)).rejects.toMatchObject(refusal);
    await expect(files.read(file)).rejects.toMatchObject(refusal);
    await expectOutsideUntouched();
  });

  it('refuses what is not the job’s', async () => {
    await expect(files.write('docs/other.mdx', 'x')).rejects.toThrow(
      'is not to be written by this job',
    );
    await expect(files.remove('docs/zcp2/a.mdx')).rejects.toThrow(
      'is not to be written by this job',
    );
  });

  it('removes a file with the folders that it leaves empty, and no others', async () => {
    await files.write('docs/zcp/a/b/c.mdx', 'x');
    await files.write('docs/zcp/a/d.mdx', 'x');
    expect(await files.remove('docs/zcp/a/b/c.mdx')).toBe(true);
    expect(await files.list('docs/zcp')).toEqual(['docs/zcp/a/d.mdx']);
    await files.remove('docs/zcp/a/d.mdx');
    expect(await readdir(path.join(root, 'docs'))).toEqual([]);
    expect(await files.remove('docs/zcp/a/d.mdx')).toBe(false);
  });

  it('copies a file once', async () => {
    const source = path.join(outside, 'secret');
    expect(await files.copyOnce(source, 'static/zcp/1.png')).toBe(true);
    expect(await files.copyOnce('/nonexistent', 'static/zcp/1.png')).toBe(
      false,
    );
    expect(await files.read('static/zcp/1.png')).toBe('secret');
  });

  it('says what to do where the machine does not take the file', async () => {
    // A name longer than a file system takes stands for what only a full or read-only disk says.
    await expect(
      files.write(`docs/zcp/${'x'.repeat(300)}.mdx`, 'x'),
    ).rejects.toMatchObject({
      name: 'GitOperationError',
      message: expect.stringMatching(/^Could not .*name too long/),
    });
  });
});
