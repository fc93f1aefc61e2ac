/** What a commit of a job is for; with the job it names the commit. */
export type CommitStep = 'export' | 'translation';

export type JobCommit = {
  readonly sha: string;
  readonly step: CommitStep;
  /** Without the trailers. */
  readonly message: string;
};

export type GitProgress = {
  /** As git calls it, such as `receiving` or `resolving`. */
  readonly stage: string;
  readonly percent: number;
};

export type FileVersions = {
  /** What both sides began with; undefined where the file was not there. */
  readonly base: string | undefined;
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
};

/** What of the repository a job may change. */
export type WorktreeScope = {
  /** Folders of the job's solution, relative to the repository. In a conflict the export wins there. */
  readonly folders: readonly string[];
  /** Files that solutions share, such as category labels. */
  readonly sharedFiles: readonly string[];
  /** Joins what two jobs did to a shared file; undefined removes it. */
  readonly mergeShared: (
    path: string,
    versions: FileVersions,
  ) => string | undefined;
};

export type PushResult = {
  /** The job's commits as the remote has them now, the oldest first. */
  readonly commits: readonly JobCommit[];
  /** Files that somebody else changed meanwhile and that the export has replaced. */
  readonly overridden: readonly string[];
};

/** A checkout of the branch, for one job alone. */
export interface Worktree {
  /** Absolute. */
  readonly path: string;

  /** Takes back what is not committed, so that a step that died halfway starts from what the last one committed. */
  discard(): Promise<void>;

  /** The commit that the checkout stands at. */
  head(): Promise<string>;

  /** Whether the checkout stands at this commit, or at one that came of it. */
  contains(sha: string): Promise<boolean>;

  /**
   * Commits what changed below the paths; undefined where nothing did. One commit a step: where the step was committed before
   * it died, the answer is that commit, with the changes since added to it.
   *
   * @throws GitOperationError
   */
  commit(options: {
    message: string;
    step: CommitStep;
    /** Relative to the repository. */
    paths: readonly string[];
    signal?: AbortSignal;
  }): Promise<JobCommit | undefined>;

  /**
   * Brings the job's commits to the remote's branch, after what others pushed meanwhile. Where they are there already nothing
   * happens. All of them arrive or none.
   *
   * @throws GitOperationError, RepositoryAccessError, HistoryRewritten
   */
  push(options: { signal: AbortSignal }): Promise<PushResult>;

  /** Removes the checkout; never fails because of what is in it. */
  remove(): Promise<void>;
}

/** The repository of the documentation site. */
export interface SiteRepository {
  /** @throws RepositoryAccessError */
  checkAccess(options: { signal: AbortSignal }): Promise<void>;

  /** Whether a whole copy is on this machine. */
  isCloned(): Promise<boolean>;

  /**
   * Copies the remote's branch, or brings the copy up to date.
   *
   * @throws RepositoryAccessError, GitOperationError
   */
  update(options: {
    signal: AbortSignal;
    onProgress?: (progress: GitProgress) => void;
  }): Promise<void>;

  /** Whether there is a checkout of this job on this machine. */
  hasWorktree(jobId: string): Promise<boolean>;

  /**
   * The checkout of this job: the one that it has, or a new one of the branch as it was last updated.
   *
   * @throws GitOperationError
   */
  openWorktree(jobId: string, scope: WorktreeScope): Promise<Worktree>;

  /**
   * The commits of this job that the remote has, the oldest first. The remote is asked.
   *
   * @throws RepositoryAccessError, GitOperationError
   */
  findCommits(
    jobId: string,
    options: { signal: AbortSignal },
  ): Promise<readonly JobCommit[]>;

  /** Removes the checkouts of all other jobs, and copies of other repositories; answers whose checkouts they were. */
  sweep(
    activeJobIds: () => Promise<readonly string[]>,
  ): Promise<readonly string[]>;
}
