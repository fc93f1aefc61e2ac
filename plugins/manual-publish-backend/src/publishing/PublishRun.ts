import { JobState } from '@herald/backstage-plugin-manual-publish-common';
import { HistoryRewritten } from '../git/errors';
import {
  CommitStep,
  JobCommit as CommitOfStep,
  Worktree,
} from '../git/SiteRepository';
import { estimateExport } from './estimateExport';
import { exportPages } from './exportPages';
import { JobCommit } from './Job';
import { JobRecord } from './JobRecord';
import { PublishTools } from './PublishTools';
import { SiteExport } from './Site';
import { Solution, SolutionGone, findSolution } from './Solution';
import { translatePages } from './translatePages';

/** From these states on the export is committed in the worktree: what follows reads its files, and not Notion. */
const AFTER_EXPORT: readonly JobState[] = [
  'TRANSLATING',
  'TRANSLATION_COMMIT',
  'PUSHING',
];

/** How often the history of the branch may be rewritten while a job is at work, before it gives up. */
const BEGINNINGS = 3;

/**
 * One claim's way through a job. Each step can be done again: what was fetched is in the database, what was translated in the
 * memory, and what was committed is found by its trailers.
 */
export class PublishRun {
  readonly #tools: PublishTools;
  readonly #record: JobRecord;
  readonly #solution: Solution;
  #worktree: Worktree | undefined;

  constructor(tools: PublishTools, record: JobRecord) {
    this.#tools = tools;
    this.#record = record;
    const solution = findSolution(tools.solutions, record.job.solution);
    if (!solution) {
      throw new SolutionGone(record.job.solution);
    }
    this.#solution = solution;
  }

  async run(): Promise<void> {
    for (let beginning = 1; ; beginning++) {
      try {
        await this.#goOn();
        return;
      } catch (error) {
        if (!(error instanceof HistoryRewritten) || beginning === BEGINNINGS) {
          throw error;
        }
        this.#record.log(
          'The history of the branch was rewritten meanwhile: the job begins again',
        );
        await this.#worktree?.remove();
      }
    }
  }

  async #goOn(): Promise<void> {
    const { state } = this.#record.job;
    if (state === 'PUSHING' && (await this.#isPushedAlready())) {
      return;
    }
    const worktree = await this.#worktreeOfBefore(state);
    if (!worktree) {
      await this.#runFromTheBeginning();
      return;
    }
    await worktree.discard();
    this.#record.log('Going on after a restart');
    if (state !== 'PUSHING') {
      await this.#translate(worktree, undefined);
    }
    await this.#push(worktree);
  }

  /**
   * Removes what is left on the disk, when the job is about to end: where the process dies before it has, what follows can be done without.
   *
   * @throws JobLost where another has the job, and perhaps works there
   */
  async tidy(): Promise<void> {
    await this.#record.change({});
    const { repository, site } = this.#tools;
    const { id } = this.#record.job;
    try {
      const worktree =
        this.#worktree ??
        ((await repository.hasWorktree(id))
          ? await repository.openWorktree(id, site.scopeOf(this.#solution))
          : undefined);
      await worktree?.remove();
    } catch (error) {
      // How the job ends does not depend on it; the next start removes it.
      this.#record.log(
        `What is left on the disk could not be removed: ${error}`,
      );
    }
  }

  async #worktreeOfBefore(state: JobState): Promise<Worktree | undefined> {
    const { repository } = this.#tools;
    if (
      !AFTER_EXPORT.includes(state) ||
      !(await repository.hasWorktree(this.#record.job.id))
    ) {
      return undefined;
    }
    const worktree = await this.#open();
    const { exportedHead } = this.#record.job;
    // Another replica may have exported since, and this checkout be from before.
    if (exportedHead && (await worktree.contains(exportedHead))) {
      return worktree;
    }
    await worktree.remove();
    return undefined;
  }

  async #open(): Promise<Worktree> {
    const { repository, site } = this.#tools;
    this.#worktree = await repository.openWorktree(
      this.#record.job.id,
      site.scopeOf(this.#solution),
    );
    return this.#worktree;
  }

  async #runFromTheBeginning(): Promise<void> {
    const { repository } = this.#tools;
    const { signal } = this.#record;
    await this.#record.change({ state: 'CHECKING_REPO' });
    await repository.checkAccess({ signal });

    await this.#record.change({
      state: (await repository.isCloned()) ? 'PULLING' : 'CLONING',
    });
    await repository.update({ signal });
    const worktree = await this.#open();
    await worktree.discard();

    await this.#record.change({ state: 'EXPORTING' });
    const exported = await exportPages(this.#tools, this.#record, {
      solution: this.#solution,
      directory: worktree.path,
    });
    if (this.#record.job.dryRun) {
      await this.#estimate(exported, worktree.path);
      return;
    }

    await this.#record.change({ state: 'EXPORT_COMMIT' });
    await this.#commit(worktree, 'export', exported.paths);
    const exportedHead = await worktree.head();

    if (this.#record.job.targetLanguages.length > 0) {
      await this.#record.change({ state: 'TRANSLATING', exportedHead });
      await this.#translate(worktree, exported);
    } else {
      await this.#record.change({ exportedHead });
    }
    await this.#push(worktree);
  }

  async #estimate(exported: SiteExport, directory: string): Promise<void> {
    const { job } = this.#record;
    const outcome = await estimateExport(this.#tools, exported, {
      solution: this.#solution,
      directory,
      languages: job.targetLanguages,
    });
    await this.tidy();
    await this.#record.change({ state: 'COMPLETED', ...outcome });
  }

  /** @param exported - what is to be translated, where this process has just exported it */
  async #translate(
    worktree: Worktree,
    exported: Pick<SiteExport, 'documents' | 'labels'> | undefined,
  ): Promise<void> {
    const paths = await translatePages(this.#tools, this.#record, {
      solution: this.#solution,
      directory: worktree.path,
      exported,
    });
    if (this.#record.job.state === 'TRANSLATING') {
      await this.#record.change({ state: 'TRANSLATION_COMMIT' });
    }
    await this.#commit(worktree, 'translation', paths);
  }

  async #commit(
    worktree: Worktree,
    step: CommitStep,
    paths: readonly string[],
  ): Promise<void> {
    const { job, signal } = this.#record;
    signal.throwIfAborted();
    const commit = await worktree.commit({
      message: filled(this.#tools.commitMessages[step], {
        solution: job.solution,
        title: job.title,
        languages: job.targetLanguages.join(', '),
      }),
      step,
      paths,
      signal,
    });
    if (commit) {
      this.#record.log(
        `Committed ${commit.sha.slice(0, 10)}: ${commit.message}`,
      );
      await this.#record.change({
        commits: [
          ...job.commits.filter(({ kind }) => kind !== step),
          { sha: commit.sha, message: commit.message, kind: step },
        ],
      });
    }
  }

  async #push(worktree: Worktree): Promise<void> {
    const { signal } = this.#record;
    signal.throwIfAborted();
    if (this.#record.job.commits.length === 0) {
      await this.#complete([]);
      return;
    }
    if (this.#record.job.state !== 'PUSHING') {
      await this.#record.change({ state: 'PUSHING' });
    }
    const { commits, overridden } = await worktree.push({ signal });
    for (const file of overridden) {
      this.#record.warn({
        code: 'file-overridden',
        message: `${file} was changed in the repository meanwhile; the export has replaced it`,
      });
    }
    await this.#complete(commits.map(toJobCommit));
  }

  /** The process may have died after the remote had taken the commits. */
  async #isPushedAlready(): Promise<boolean> {
    const { job, signal } = this.#record;
    const commits = await this.#tools.repository.findCommits(job.id, {
      signal,
    });
    if (commits.length < Math.max(job.commits.length, 1)) {
      return false;
    }
    await this.#complete(commits.map(toJobCommit));
    return true;
  }

  async #complete(commits: readonly JobCommit[]): Promise<void> {
    await this.tidy();
    await this.#record.change({
      state: 'COMPLETED',
      commits,
      unchanged: commits.length === 0,
    });
  }
}

function toJobCommit({ sha, message, step }: CommitOfStep): JobCommit {
  return { sha, message, kind: step };
}

/** Fills `{name}` in a message. */
function filled(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
