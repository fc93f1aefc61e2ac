import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { findJobCommits, FoundCommit, withTrailers } from './commitTrailers';
import { GitOperationError, HistoryRewritten } from './errors';
import {
  explainLocalFailure,
  explainRemoteFailure,
  remoteMessage,
} from './explainFailure';
import { GitCommand, GitFailure } from './GitCommand';
import { GitMirror } from './GitMirror';
import { replayCommits } from './replayCommits';
import {
  CommitStep,
  JobCommit,
  PushResult,
  Worktree,
  WorktreeScope,
} from './SiteRepository';

/** How often others may be faster, or the answer may get lost, before a push gives up. */
const PUSH_ATTEMPTS = 8;

/** The connection broke: the push may have taken place or not, which the next look at the remote shows. */
const ANSWER_LOST =
  /RPC failed|unexpected disconnect|hung up|early EOF|Empty reply|Connection reset|The requested URL returned error: 5\d\d/i;

const MOVED_ON =
  /\[rejected\].*\((?:fetch first|non-fast-forward|stale info)\)|\[remote rejected\].*(?:cannot lock ref|failed to update ref|incorrect old value|reference already exists)/i;

export class GitWorktree implements Worktree {
  readonly path: string;
  readonly #git: GitCommand;
  readonly #mirror: GitMirror;
  readonly #repository: { url: string; branch: string };
  readonly #jobId: string;
  readonly #scope: WorktreeScope;
  readonly #removeCheckout: (checkout: string) => Promise<void>;

  constructor(options: {
    git: GitCommand;
    mirror: GitMirror;
    repository: { url: string; branch: string };
    jobId: string;
    scope: WorktreeScope;
    path: string;
    removeCheckout: (checkout: string) => Promise<void>;
  }) {
    this.path = options.path;
    this.#git = options.git;
    this.#mirror = options.mirror;
    this.#repository = options.repository;
    this.#jobId = options.jobId;
    this.#scope = options.scope;
    this.#removeCheckout = options.removeCheckout;
  }

  /** Of a process that was killed; the job's lease says that there is no other. */
  async unlock(): Promise<void> {
    const gitDir = await this.#run(['rev-parse', '--absolute-git-dir']);
    for (const lock of ['index.lock', 'HEAD.lock']) {
      await rm(path.join(gitDir.trim(), lock), { force: true });
    }
  }

  async head(): Promise<string> {
    return this.#locally('read the commit', async () =>
      (await this.#run(['rev-parse', 'HEAD'])).trim(),
    );
  }

  async contains(sha: string): Promise<boolean> {
    const found = await this.#run([
      'rev-list',
      '--max-count=1',
      '--ignore-missing',
      sha,
      '--not',
      'HEAD',
    ]).catch(unlessGitFailed(sha));
    // Nothing is there that HEAD lacks; a commit that is not known at all is lacking, too.
    return found.trim() === '' && (await this.#knows(sha));
  }

  async #knows(sha: string): Promise<boolean> {
    return this.#run(['cat-file', '-e', `${sha}^{commit}`]).then(
      () => true,
      unlessGitFailed(false),
    );
  }

  async discard(): Promise<void> {
    await this.#locally('take back changes', async () => {
      await this.#run(['reset', '--quiet', '--hard']);
      await this.#run(['clean', '--quiet', '-ffdx']);
    });
  }

  async commit(options: {
    message: string;
    step: CommitStep;
    paths: readonly string[];
    signal?: AbortSignal;
  }): Promise<JobCommit | undefined> {
    const { message, step, paths, signal } = options;
    return this.#locally('commit', async () => {
      const before = (await this.#ownCommits()).find(
        commit => commit.step === step,
      );
      await this.#stage(paths, signal);
      const changed = await this.#run(
        ['diff', '--cached', '--name-only', '-z', 'HEAD'],
        signal,
      );
      if (changed === '') return before && jobCommit(before);
      if (before) await this.#run(['reset', '--quiet', '--soft', before.sha]);
      await this.#run(
        [
          'commit',
          '--quiet',
          '--no-verify',
          '--no-gpg-sign',
          '--cleanup=whitespace',
          ...(before ? ['--amend'] : []),
          '-m',
          withTrailers(message, this.#jobId, step),
        ],
        signal,
      );
      const after = (await this.#ownCommits()).find(
        commit => commit.step === step,
      );
      return after && jobCommit(after);
    });
  }

  async push({ signal }: { signal: AbortSignal }): Promise<PushResult> {
    return this.#mirror.alone(async () => {
      const overridden = new Set<string>();
      let failure: Error = new GitOperationError(
        `Others pushed to ${
          this.#repository.branch
        } each time, ${PUSH_ATTEMPTS} times: retry the job`,
      );
      for (let attempt = 1; attempt <= PUSH_ATTEMPTS; attempt += 1) {
        await this.#update(signal);
        const replaced = await this.#catchUp();
        replaced.forEach(file => overridden.add(file));
        const ahead = await this.#ownCommits();
        const isThere = ahead.length === 0;
        const outcome = isThere ? 'done' : await this.#pushOnce(signal);
        if (outcome === 'done') {
          const commits = isThere
            ? await this.#jobCommits(this.#mirror.head)
            : ahead;
          return {
            commits: commits.map(jobCommit),
            overridden: [...overridden].sort(),
          };
        }
        if (outcome !== 'moved on') failure = outcome;
      }
      throw failure;
    });
  }

  async remove(): Promise<void> {
    await this.#locally('remove a worktree', () =>
      this.#mirror.alone(() => this.#removeCheckout(this.path)),
    );
  }

  async #stage(paths: readonly string[], signal?: AbortSignal): Promise<void> {
    // What the repository ignores is published all the same.
    const there = paths.filter(each => existsSync(path.join(this.path, each)));
    const gone = paths.filter(each => !there.includes(each));
    if (there.length > 0) {
      await this.#run(['add', '--all', '--force', '--', ...there], signal);
    }
    if (gone.length > 0) {
      await this.#run(
        ['rm', '-r', '--quiet', '--cached', '--ignore-unmatch', '--', ...gone],
        signal,
      );
    }
  }

  /** What this job has committed and the remote does not have, the oldest first. */
  #ownCommits(): Promise<readonly FoundCommit[]> {
    return this.#jobCommits(`${this.#mirror.head}..HEAD`);
  }

  async #count(range: string): Promise<number> {
    return Number(await this.#run(['rev-list', '--count', range]));
  }

  #jobCommits(range: string): Promise<readonly FoundCommit[]> {
    return findJobCommits(this.#git, {
      in: this.path,
      jobId: this.#jobId,
      range,
    });
  }

  async #update(signal: AbortSignal): Promise<void> {
    try {
      await this.#mirror.update({ signal });
    } catch (error) {
      throw explainRemoteFailure(error, this.#repository);
    }
  }

  /** Puts the job's commits after what the remote has; answers which files of others they replace. */
  async #catchUp(): Promise<readonly string[]> {
    return this.#locally('put the commits after those of others', async () => {
      const commits = await this.#ownCommits();
      const ahead = await this.#count(`${this.#mirror.head}..HEAD`);
      if (ahead > commits.length) {
        throw new HistoryRewritten(
          `The history of ${
            this.#repository.branch
          } was rewritten while the job was at work: retry the job`,
        );
      }
      const behind = await this.#count(`HEAD..${this.#mirror.head}`);
      if (behind === 0) return [];
      const replay = await replayCommits(this.#git, {
        in: this.path,
        commits,
        onto: this.#mirror.head,
        scope: this.#scope,
      });
      await this.#run(['reset', '--quiet', '--hard', replay.tip]);
      return replay.overridden;
    });
  }

  /** @returns what failed, where another attempt may do */
  async #pushOnce(signal: AbortSignal): Promise<'done' | 'moved on' | Error> {
    const { branch } = this.#repository;
    const seen = await this.#run(['rev-parse', this.#mirror.head]);
    try {
      await this.#run(
        [
          'push',
          // Only where the branch is as it was seen: one that was rewound since would get back what was taken from it.
          `--force-with-lease=refs/heads/${branch}:${seen.trim()}`,
          'origin',
          `HEAD:refs/heads/${branch}`,
        ],
        signal,
      );
      return 'done';
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      if (MOVED_ON.test(error.output)) return 'moved on';
      if (/\[remote rejected\]/.test(error.output)) {
        const why = remoteMessage(error.output) || error.output.trim();
        throw new GitOperationError(
          `The remote does not take commits on ${branch}: ${why.slice(
            0,
            1000,
          )}`,
        );
      }
      const explained = explainRemoteFailure(error, this.#repository);
      if (ANSWER_LOST.test(error.output) && explained instanceof Error) {
        return explained;
      }
      throw explained;
    }
  }

  #run(args: readonly string[], signal?: AbortSignal): Promise<string> {
    return this.#git.run(args, { in: this.path, ...(signal && { signal }) });
  }

  async #locally<T>(attempt: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explainLocalFailure(error, attempt);
    }
  }
}

/** What else goes wrong, such as a directory that was lost, says nothing of a commit. */
function unlessGitFailed<T>(instead: T): (error: unknown) => T {
  return error => {
    if (error instanceof GitFailure) return instead;
    throw error;
  };
}

function jobCommit({ sha, step, message }: FoundCommit): JobCommit {
  return { sha, step, message };
}
