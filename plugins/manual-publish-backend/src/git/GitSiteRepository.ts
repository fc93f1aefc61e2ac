import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { findJobCommits } from './commitTrailers';
import { RepositoryAccessError } from './errors';
import { explainLocalFailure, explainRemoteFailure } from './explainFailure';
import { GitCommand, GitFailure } from './GitCommand';
import { GitAuthor, gitEnvironment, secretsOf } from './gitEnvironment';
import { GitMirror } from './GitMirror';
import { GitWorktree } from './GitWorktree';
import { repositoryAddress } from './RepositoryAddress';
import {
  GitProgress,
  JobCommit,
  SiteRepository,
  Worktree,
  WorktreeScope,
} from './SiteRepository';

const MIRROR_NAME = /^[0-9a-f]{16}$/;

export type GitSiteRepositoryOptions = {
  readonly url: string;
  readonly branch: string;
  readonly token?: string;
  /** Whom the token belongs to, where the host minds; most do not. */
  readonly username?: string;
  readonly author: GitAuthor;
  /** For mirrors and worktrees; one process alone uses it. */
  readonly workDir: string;
  /** Fails where it does not any more; asked each time that git is run. */
  readonly demandOwn?: () => Promise<void>;
  readonly logger: Pick<LoggerService, 'info'>;
  /** The process' own by default. */
  readonly environment?: NodeJS.ProcessEnv;
};

/** A repository over the system's git: a bare mirror, and a worktree for each job. */
export class GitSiteRepository implements SiteRepository {
  readonly #repository: { url: string; branch: string };
  readonly #git: GitCommand;
  readonly #mirror: GitMirror;
  readonly #home: string;
  readonly #demandOwn: () => Promise<void>;
  readonly #logger: Pick<LoggerService, 'info'>;

  /** @throws InputError - where the URL holds credentials or the branch is none */
  static create(options: GitSiteRepositoryOptions): GitSiteRepository {
    return new GitSiteRepository(options);
  }

  private constructor(options: GitSiteRepositoryOptions) {
    const {
      branch,
      token,
      author,
      logger,
      username = 'x-access-token',
    } = options;
    const credentials = token === undefined ? undefined : { username, token };
    const address = repositoryAddress(options.url);
    if (
      !/^(?![-/.])(?!.*(?:\.\.|\/\/|@\{))[^\s~^:?*[\\\p{Cc}]+(?<![/.])$/u.test(
        branch,
      )
    ) {
      throw new InputError('manualPublish.repository.branch is no branch name');
    }
    // Another URL or branch is another mirror.
    const name = createHash('sha256')
      .update(`${address.url}\n${branch}`)
      .digest('hex')
      .slice(0, 16);
    this.#home = path.resolve(options.workDir, name);
    mkdirSync(this.#home, { recursive: true });
    this.#repository = { url: address.url, branch };
    this.#logger = logger;
    this.#demandOwn = options.demandOwn ?? (async () => undefined);
    this.#git = new GitCommand({
      environment: gitEnvironment({
        address,
        author,
        home: this.#home,
        credentials,
        environment: options.environment ?? process.env,
      }),
      secrets: secretsOf(credentials),
      demandOwn: this.#demandOwn,
    });
    this.#mirror = new GitMirror({
      git: this.#git,
      path: path.join(this.#home, 'mirror.git'),
      demandOwn: this.#demandOwn,
      ...this.#repository,
    });
  }

  async checkAccess({ signal }: { signal: AbortSignal }): Promise<void> {
    const { url, branch } = this.#repository;
    const found = await this.#remotely(() =>
      this.#git.run(['ls-remote', '--', url, `refs/heads/${branch}`], {
        in: this.#home,
        signal,
      }),
    );
    if (found.trim() === '') {
      throw new RepositoryAccessError(
        `${url} has no branch ${branch}: create it, or name another one in manualPublish.repository.branch`,
      );
    }
  }

  async isCloned(): Promise<boolean> {
    return this.#mirror.isWhole();
  }

  async update(options: {
    signal: AbortSignal;
    onProgress?: (progress: GitProgress) => void;
  }): Promise<void> {
    await this.#remotely(() =>
      this.#mirror.alone(() => this.#mirror.update(options)),
    );
  }

  async hasWorktree(jobId: string): Promise<boolean> {
    return this.#isUsable(this.#worktreePath(jobId));
  }

  async openWorktree(jobId: string, scope: WorktreeScope): Promise<Worktree> {
    const worktree = this.#worktree(jobId, scope);
    await this.#locally('make a worktree', () =>
      this.#mirror.alone(async () => {
        if (await this.#isUsable(worktree.path)) {
          await worktree.unlock();
          return;
        }
        await this.#removeCheckout(worktree.path);
        await mkdir(path.dirname(worktree.path), { recursive: true });
        await this.#git.run(
          ['worktree', 'add', '--detach', worktree.path, this.#mirror.head],
          { in: this.#mirror.path },
        );
      }),
    );
    return worktree;
  }

  async findCommits(
    jobId: string,
    { signal }: { signal: AbortSignal },
  ): Promise<readonly JobCommit[]> {
    await this.update({ signal });
    const found = await this.#locally('read the history', () =>
      findJobCommits(this.#git, {
        in: this.#mirror.path,
        jobId,
        range: this.#mirror.head,
        signal,
      }),
    );
    return found.map(({ sha, step, message }) => ({ sha, step, message }));
  }

  async sweep(
    activeJobIds: () => Promise<readonly string[]>,
  ): Promise<readonly string[]> {
    await this.#removeOtherMirrors();
    const root = this.#worktreesPath();
    if (!existsSync(root)) return [];
    // In this order: a job that begins meanwhile is not among those of which there are checkouts.
    const there = await readdir(root);
    const active = new Set(await activeJobIds());
    const orphans = there.filter(id => !active.has(id));
    await this.#locally('remove worktrees', () =>
      this.#mirror.alone(async () => {
        for (const id of orphans) {
          await this.#removeCheckout(path.join(root, id));
        }
      }),
    );
    if (orphans.length > 0) {
      this.#logger.info(
        `Removed the worktrees of ${orphans.length} jobs that have ended`,
      );
    }
    return orphans;
  }

  /** Of URLs and branches that are not configured any more. */
  async #removeOtherMirrors(): Promise<void> {
    const workDir = path.dirname(this.#home);
    const names = (await readdir(workDir)).filter(
      name => MIRROR_NAME.test(name) && name !== path.basename(this.#home),
    );
    for (const name of names) {
      await this.#removeOwn(path.join(workDir, name));
      this.#logger.info(
        `Removed the mirror ${name} of a repository that is not configured any more`,
      );
    }
  }

  #worktree(jobId: string, scope: WorktreeScope): GitWorktree {
    return new GitWorktree({
      git: this.#git,
      mirror: this.#mirror,
      repository: this.#repository,
      jobId,
      scope,
      path: this.#worktreePath(jobId),
      removeCheckout: checkout => this.#removeCheckout(checkout),
    });
  }

  #worktreesPath(): string {
    return path.join(this.#home, 'worktrees');
  }

  #worktreePath(jobId: string): string {
    if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(jobId)) {
      throw new InputError(`${jobId} is no id of a job`);
    }
    return path.join(this.#worktreesPath(), jobId);
  }

  /** False for one that was killed while git was making it: git keeps it locked until it is whole. */
  async #isUsable(checkout: string): Promise<boolean> {
    if (!existsSync(checkout) || !existsSync(this.#mirror.path)) return false;
    try {
      const run = { in: checkout };
      const gitDir = await this.#git.run(
        ['rev-parse', '--absolute-git-dir'],
        run,
      );
      const top = await this.#git.run(['rev-parse', '--show-toplevel'], run);
      await this.#git.run(['rev-parse', '--verify', 'HEAD^{tree}'], run);
      return (
        top.trim() === checkout &&
        !existsSync(path.join(gitDir.trim(), 'locked'))
      );
    } catch (error) {
      if (error instanceof GitFailure) return false;
      throw error;
    }
  }

  async #removeCheckout(checkout: string): Promise<void> {
    await this.#removeOwn(checkout);
    if (!existsSync(this.#mirror.path)) return;
    // Git forgets a checkout that is gone, unless it was killed while making it.
    const admin = path.join(
      this.#mirror.path,
      'worktrees',
      path.basename(checkout),
    );
    await this.#removeOwn(admin);
    await this.#git.run(['worktree', 'prune', '--expire=now'], {
      in: this.#mirror.path,
    });
  }

  /** What another process has taken meanwhile is at work for that. */
  async #removeOwn(folder: string): Promise<void> {
    await this.#demandOwn();
    await rm(folder, { recursive: true, force: true });
  }

  async #remotely<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explainRemoteFailure(error, this.#repository);
    }
  }

  async #locally<T>(attempt: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explainLocalFailure(error, attempt);
    }
  }
}
