import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runGit } from './runGit';
import { Author, TreeChange, fastImportStream } from './treeChange';

export interface GitCommit {
  id: string;
  author: Author;
  at: Date;
  message: string;
  /** Paths that it adds, changes or deletes; none for a merge. */
  paths: string[];
}

export interface CommitOptions {
  branch?: string;
  author?: Author;
}

export interface NewRepository {
  /** The last part of its URL, without `.git`. */
  name: string;
  /** Its only branch to begin with. */
  branch: string;
  /** The content of its first commit. */
  tree: () => Promise<TreeChange>;
}

const COLLEAGUE: Author = {
  name: 'Some Colleague',
  email: 'colleague@example.com',
};

/** The variable by which the hook below learns that pushes are refused, and with which words. */
export const REFUSAL = 'HERALD_SANDBOX_REFUSAL';

const PRE_RECEIVE = `#!/bin/sh
if [ -n "$${REFUSAL}" ]; then
  printf '%s\\n' "$${REFUSAL}" >&2
  exit 1
fi
`;

/** As a host sets its repositories up: no force pushes, and no housekeeping that outlives a request. */
const SETTINGS = {
  'receive.denyNonFastForwards': 'true',
  'receive.autogc': 'false',
  'gc.auto': '0',
  'maintenance.auto': 'false',
} as const;

/** A bare repository on disk, as those see it who have it in front of them: no server is asked. */
export class GitRepository {
  private constructor(
    readonly name: string,
    readonly directory: string,
    readonly branch: string,
    private readonly urlOfServer: () => string,
  ) {}

  /** Creates it with its first commit, or goes on with the one that is there. */
  static async open(
    parent: string,
    { name, branch, tree }: NewRepository,
    urlOfServer: () => string,
  ): Promise<GitRepository> {
    const directory = path.join(parent, `${name}.git`);
    const repository = new GitRepository(name, directory, branch, urlOfServer);
    if (!(await exists(directory))) {
      await mkdir(directory, { recursive: true });
      await runGit(directory, [
        'init',
        '--quiet',
        '--bare',
        `--initial-branch=${branch}`,
      ]);
    }
    for (const [key, value] of Object.entries(SETTINGS)) {
      await runGit(directory, ['config', key, value]);
    }
    const hook = path.join(directory, 'hooks', 'pre-receive');
    await mkdir(path.dirname(hook), { recursive: true });
    await writeFile(hook, PRE_RECEIVE);
    await chmod(hook, 0o755);
    if (!(await repository.head(branch))) {
      await repository.commit(await tree(), 'Initial commit');
    }
    return repository;
  }

  /** What `git clone` is given. */
  get url(): string {
    return `${this.urlOfServer()}/${this.name}.git`;
  }

  /** The newest commit of a branch, or undefined when there is no such branch. */
  async head(branch: string = this.branch): Promise<string | undefined> {
    const found = await runGit(this.directory, [
      'for-each-ref',
      '--format=%(objectname)',
      `refs/heads/${branch}`,
    ]);
    return found.toString().trim() || undefined;
  }

  /** Writes a commit into the repository as somebody else does who is quicker. Answers its id. */
  async commit(
    changes: TreeChange,
    message: string,
    { branch = this.branch, author = COLLEAGUE }: CommitOptions = {},
  ): Promise<string> {
    const hasParent = (await this.head(branch)) !== undefined;
    await runGit(
      this.directory,
      ['fast-import', '--quiet', '--done'],
      fastImportStream({
        branch,
        hasParent,
        author,
        message,
        at: new Date(),
        changes,
      }),
    );
    const id = await this.head(branch);
    if (id === undefined) throw new Error(`${branch} has no commit`);
    return id;
  }

  /** The paths of all files of a branch, sorted as git sorts them. */
  async files(branch: string = this.branch): Promise<string[]> {
    const listed = await runGit(this.directory, [
      'ls-tree',
      '-r',
      '-z',
      '--name-only',
      `refs/heads/${branch}`,
    ]);
    return listed.toString().split('\0').slice(0, -1);
  }

  /** The content of a file; fails when there is none. Of a symbolic link, where it points to. */
  readBytes(file: string, branch: string = this.branch): Promise<Buffer> {
    return runGit(this.directory, [
      'cat-file',
      'blob',
      `refs/heads/${branch}:${file}`,
    ]);
  }

  async read(file: string, branch: string = this.branch): Promise<string> {
    return (await this.readBytes(file, branch)).toString();
  }

  /** The commits of a branch, newest first. */
  async log(branch: string = this.branch): Promise<GitCommit[]> {
    const written = await runGit(this.directory, [
      'log',
      '-z',
      '--name-only',
      '--no-renames',
      '--format=%x01%H%x02%an%x02%ae%x02%aI%x02%B%x02',
      `refs/heads/${branch}`,
    ]);
    return written.toString().split('\x01').slice(1).map(parseCommit);
  }
}

function parseCommit(text: string): GitCommit {
  const [id = '', name = '', email = '', at = '', message = '', paths = ''] =
    text.split('\x02');
  return {
    id,
    author: { name, email },
    at: new Date(at),
    message: message.trimEnd(),
    paths: paths
      .split('\0')
      .map(each => each.replace(/^\n/, ''))
      .filter(Boolean),
  };
}

function exists(directory: string): Promise<boolean> {
  return stat(directory).then(
    () => true,
    () => false,
  );
}
