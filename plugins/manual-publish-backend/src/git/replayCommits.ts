import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { FoundCommit } from './commitTrailers';
import { GitOperationError } from './errors';
import { GitCommand } from './GitCommand';
import { WorktreeScope } from './SiteRepository';

type Change = {
  readonly path: string;
  /** `000000` where the commit removes it. */
  readonly mode: string;
  readonly before: string;
  readonly after: string;
};

/** Git's id of no file. */
const NONE = /^0+$/;

class Replay {
  readonly overridden = new Set<string>();
  tip: string;
  readonly #git: GitCommand;
  readonly #in: string;
  readonly #scope: WorktreeScope;
  readonly #index: string;

  static async begin(
    git: GitCommand,
    options: { in: string; onto: string; scope: WorktreeScope },
  ): Promise<Replay> {
    const gitDir = await git.run(['rev-parse', '--absolute-git-dir'], options);
    const tip = await git.run(['rev-parse', options.onto], options);
    const index = path.join(gitDir.trim(), `replay-${randomUUID()}`);
    const replay = new Replay(git, { ...options, tip: tip.trim(), index });
    await replay.#run(['read-tree', replay.tip]);
    return replay;
  }

  private constructor(
    git: GitCommand,
    options: { in: string; scope: WorktreeScope; tip: string; index: string },
  ) {
    this.#git = git;
    this.#in = options.in;
    this.#scope = options.scope;
    this.#index = options.index;
    this.tip = options.tip;
  }

  async end(): Promise<void> {
    await rm(this.#index, { force: true });
  }

  async add(commit: FoundCommit): Promise<void> {
    const changes = await this.#changesOf(commit);
    if (changes.length === 0) return;
    const theirs = await this.#files();
    const lines: string[] = [];
    for (const change of changes) {
      const their = theirs.get(change.path);
      const after = await this.#decide(change, their);
      const mode = after === undefined ? '0' : keptMode(change.mode);
      lines.push(`${mode} ${after ?? '0'.repeat(40)}\t${change.path}\0`);
    }
    await this.#run(
      ['update-index', '-z', '--add', '--replace', '--index-info'],
      lines.join(''),
    );
    await this.#noteReplaced(changes, theirs);
    const tree = (await this.#run(['write-tree'])).trim();
    const tipTree = await this.#run(['rev-parse', `${this.tip}^{tree}`]);
    if (tree === tipTree.trim()) return;
    const made = await this.#run(
      ['commit-tree', tree, '-p', this.tip, '-F', '-'],
      commit.fullMessage,
    );
    this.tip = made.trim();
  }

  /** Git's id of the file as it is to be; undefined removes it. */
  async #decide(
    change: Change,
    theirs: string | undefined,
  ): Promise<string | undefined> {
    const base = idOrNone(change.before);
    const ours = idOrNone(change.after);
    if (theirs === base || theirs === ours) return ours;
    if (this.#scope.sharedFiles.includes(change.path)) {
      const merged = this.#scope.mergeShared(change.path, {
        base: await this.#text(base),
        ours: await this.#text(ours),
        theirs: await this.#text(theirs),
      });
      return merged === undefined ? undefined : this.#store(merged);
    }
    this.#assertOurs(change.path);
    this.overridden.add(change.path);
    return ours;
  }

  async #changesOf({ parent, sha }: FoundCommit): Promise<readonly Change[]> {
    const output = await this.#run([
      'diff-tree',
      '-r',
      '-z',
      '--raw',
      '--no-renames',
      '--full-index',
      parent,
      sha,
    ]);
    const fields = output.split('\0');
    const changes: Change[] = [];
    for (let index = 0; index + 1 < fields.length; index += 2) {
      const [, mode = '', before = '', after = ''] = (
        fields[index] ?? ''
      ).split(' ');
      changes.push({ path: fields[index + 1] ?? '', mode, before, after });
    }
    return changes;
  }

  /** What the commits so far have: Git's ids by path. */
  async #files(): Promise<ReadonlyMap<string, string>> {
    const output = await this.#run(['ls-files', '--stage', '-z']);
    const lines = output.split('\0').filter(line => line !== '');
    return new Map(
      lines.map(line => {
        const tab = line.indexOf('\t');
        const [, id = ''] = line.slice(0, tab).split(' ');
        return [line.slice(tab + 1), id];
      }),
    );
  }

  /** A file of others may stand where a folder of ours goes, and the other way round. */
  async #noteReplaced(
    changes: readonly Change[],
    before: ReadonlyMap<string, string>,
  ): Promise<void> {
    const after = await this.#files();
    const changed = new Set(changes.map(each => each.path));
    for (const file of before.keys()) {
      if (after.has(file) || changed.has(file)) continue;
      this.#assertOurs(file);
      this.overridden.add(file);
    }
  }

  #assertOurs(file: string): void {
    if (this.#scope.folders.some(folder => isWithin(folder, file))) return;
    throw new GitOperationError(
      `${file} was changed by somebody else, and does not belong to the solution`,
    );
  }

  async #text(id: string | undefined): Promise<string | undefined> {
    return id === undefined ? undefined : this.#run(['cat-file', 'blob', id]);
  }

  async #store(text: string): Promise<string> {
    const id = await this.#run(['hash-object', '-w', '--stdin'], text);
    return id.trim();
  }

  #run(args: readonly string[], input?: string): Promise<string> {
    return this.#git.run(args, {
      in: this.#in,
      variables: { GIT_INDEX_FILE: this.#index },
      ...(input !== undefined && { input }),
    });
  }
}

/**
 * Puts commits after those that others made, file by file: git's own rebase would join two versions of a page line by line, and
 * nobody would have proven that this compiles. The checkout stays as it is; the caller moves it to `tip` at once, so a process that
 * dies meanwhile begins again.
 *
 * @throws GitOperationError - where others changed a file that is not the job's
 */
export async function replayCommits(
  git: GitCommand,
  options: {
    in: string;
    commits: readonly FoundCommit[];
    onto: string;
    scope: WorktreeScope;
  },
): Promise<{ tip: string; overridden: readonly string[] }> {
  const replay = await Replay.begin(git, options);
  try {
    for (const commit of options.commits) await replay.add(commit);
    return { tip: replay.tip, overridden: [...replay.overridden] };
  } finally {
    await replay.end();
  }
}

function idOrNone(id: string): string | undefined {
  return NONE.test(id) ? undefined : id;
}

function keptMode(mode: string): string {
  return NONE.test(mode) ? '100644' : mode;
}

function isWithin(folder: string, file: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}
