import { CustomErrorBase } from '@backstage/errors';

/** The repository cannot be reached, refuses the token, or has no such branch. The message says what to do. */
export class RepositoryAccessError extends CustomErrorBase {
  readonly name = 'RepositoryAccessError' as const;
}

/** Git failed at what it was asked to do, or the remote did not want it. */
export class GitOperationError extends CustomErrorBase {
  readonly name = 'GitOperationError' as const;
}

/**
 * The remote's branch has lost commits that the job's own stand upon. Bringing those back would undo what somebody did on purpose, and
 * the job's own files are made for what was there: the job has to begin again.
 */
export class HistoryRewritten extends CustomErrorBase {
  readonly name = 'HistoryRewritten' as const;
}

/** The repository's own content would make us write or read outside of the worktree. */
export class UnsafePathError extends CustomErrorBase {
  readonly name = 'UnsafePathError' as const;
}
