import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import pLimit from 'p-limit';
import { GitCommand, GitFailure } from './GitCommand';
import { GitProgress } from './SiteRepository';

/** What clones are called until they are whole. */
const UNFINISHED = 'unfinished-';

type UpdateOptions = {
  signal: AbortSignal;
  onProgress?: (progress: GitProgress) => void;
};

/**
 * A bare copy of one branch of the remote, with its history: replaying a job's commits and looking for them must not depend on
 * what a partial copy left out. One process owns it; within the process one job at a time changes it.
 */
export class GitMirror {
  readonly path: string;
  readonly #git: GitCommand;
  readonly #url: string;
  readonly #branch: string;
  readonly #demandOwn: () => Promise<void>;
  readonly #turns = pLimit(1);
  #checkedForLocks = false;

  /** @param options.demandOwn - fails where this process may not work in the directory any more */
  constructor(options: {
    git: GitCommand;
    path: string;
    url: string;
    branch: string;
    demandOwn: () => Promise<void>;
  }) {
    this.path = options.path;
    this.#git = options.git;
    this.#url = options.url;
    this.#branch = options.branch;
    this.#demandOwn = options.demandOwn;
  }

  /** The remote's branch as it was last seen. */
  get head(): string {
    return `refs/remotes/origin/${this.#branch}`;
  }

  /** Nobody else changes the mirror meanwhile. Not to be nested. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns(work);
  }

  async isWhole(): Promise<boolean> {
    if (!existsSync(this.path)) return false;
    try {
      const run = { in: this.path };
      const bare = await this.#git.run(
        ['rev-parse', '--is-bare-repository'],
        run,
      );
      const url = await this.#git.run(['config', 'remote.origin.url'], run);
      await this.#git.run(
        ['rev-parse', '--verify', `${this.head}^{tree}`],
        run,
      );
      return bare.trim() === 'true' && url.trim() === this.#url;
    } catch (error) {
      if (error instanceof GitFailure) return false;
      throw error;
    }
  }

  /** Brings it up to date; makes it anew where it is broken. To be called within `alone`. */
  async update(options: UpdateOptions): Promise<void> {
    await this.#removeStaleLocks();
    if (!(await this.isWhole())) {
      await this.#make(options);
      return;
    }
    try {
      await this.#fetch(this.path, options);
    } catch (error) {
      if (!(error instanceof GitFailure) || (await this.#isConnected())) {
        throw error;
      }
      await this.#make(options);
    }
  }

  /** It appears under its name only when it is whole. */
  async #make(options: UpdateOptions): Promise<void> {
    const parent = path.dirname(this.path);
    await mkdir(parent, { recursive: true });
    await this.#removeUnfinished(parent);
    const unfinished = await mkdtemp(path.join(parent, UNFINISHED));
    try {
      const run = { in: unfinished, signal: options.signal };
      await this.#git.run(['init', '--quiet', '--bare'], run);
      await this.#git.run(['config', 'remote.origin.url', this.#url], run);
      await this.#git.run(
        [
          'config',
          'remote.origin.fetch',
          `+refs/heads/${this.#branch}:${this.head}`,
        ],
        run,
      );
      await this.#fetch(unfinished, options);
      // A clone may take minutes, and a process that was suspended meanwhile may have lost the directory.
      await this.#demandOwn();
      await rm(this.path, { recursive: true, force: true });
      await this.#demandOwn();
      await rename(unfinished, this.path);
    } finally {
      // Nobody else has one of this name.
      await rm(unfinished, { recursive: true, force: true });
    }
  }

  async #fetch(repository: string, options: UpdateOptions): Promise<void> {
    await this.#git.run(
      ['fetch', '--no-tags', '--no-recurse-submodules', 'origin'],
      { in: repository, ...options },
    );
  }

  /** Whether all that the branch needs is there and can be read. */
  async #isConnected(): Promise<boolean> {
    try {
      await this.#git.run(['fsck', '--connectivity-only', '--no-dangling'], {
        in: this.path,
      });
      return true;
    } catch (error) {
      if (error instanceof GitFailure) return false;
      throw error;
    }
  }

  /** A process that was killed leaves its locks behind, and no other process works here. */
  async #removeStaleLocks(): Promise<void> {
    if (this.#checkedForLocks || !existsSync(this.path)) return;
    // Those of worktrees are not looked at: another job may be at work in one.
    for (const folder of ['', 'refs']) {
      const root = path.join(this.path, folder);
      if (!existsSync(root)) continue;
      const names = await readdir(root, { recursive: folder !== '' });
      const locks = names.filter(name => name.endsWith('.lock'));
      await this.#demandOwn();
      await Promise.all(
        locks.map(lock => rm(path.join(root, lock), { force: true })),
      );
    }
    // Where it failed, the next job tries again.
    this.#checkedForLocks = true;
  }

  async #removeUnfinished(parent: string): Promise<void> {
    const names = await readdir(parent);
    await this.#demandOwn();
    await Promise.all(
      names
        .filter(name => name.startsWith(UNFINISHED))
        .map(name =>
          rm(path.join(parent, name), { recursive: true, force: true }),
        ),
    );
  }
}
