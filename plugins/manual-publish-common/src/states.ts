/**
 * What a job does, in the order in which it does it; `CLONING` or `PULLING`, whichever is needed.
 *
 * @public
 */
export const jobStates = [
  'QUEUED',
  'STARTED',
  'CHECKING_REPO',
  'CLONING',
  'PULLING',
  'EXPORTING',
  'EXPORT_COMMIT',
  'TRANSLATING',
  'TRANSLATION_COMMIT',
  'PUSHING',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
] as const;

/** A state of a job; see `jobStates`. @public */
export type JobState = (typeof jobStates)[number];

/** The states that nothing follows. @public */
export const finalJobStates = ['COMPLETED', 'FAILED', 'CANCELLED'] as const;

/** See `finalJobStates`. @public */
export type FinalJobState = (typeof finalJobStates)[number];

/** Whether nothing follows this state. @public */
export function isFinal(state: JobState): state is FinalJobState {
  return (finalJobStates as readonly JobState[]).includes(state);
}

/** Why a job failed. @public */
export const failureReasons = [
  'REPO_ACCESS',
  'PAGE_NOT_FOUND',
  'EXPORT_FAILED',
  'TRANSLATION_FAILED',
  'GIT_OPERATION_FAILED',
  'INTERNAL',
] as const;

/** See `failureReasons`. @public */
export type FailureReason = (typeof failureReasons)[number];

const FROM_ANYWHERE = ['CHECKING_REPO', 'FAILED', 'CANCELLED'] as const;

/**
 * The legal moves. From everywhere but the end a job may also fail or be cancelled, and begin again at `CHECKING_REPO`: a replica that
 * takes it up lacks the files of the first. What the first asked Notion and the translator for is in the database.
 *
 * @public
 */
export const jobMoves: Readonly<Record<JobState, readonly JobState[]>> = {
  QUEUED: ['STARTED', 'FAILED', 'CANCELLED'],
  STARTED: ['CHECKING_REPO', 'FAILED', 'CANCELLED'],
  CHECKING_REPO: ['CLONING', 'PULLING', ...FROM_ANYWHERE],
  CLONING: ['EXPORTING', ...FROM_ANYWHERE],
  PULLING: ['EXPORTING', ...FROM_ANYWHERE],
  EXPORTING: ['EXPORT_COMMIT', 'COMPLETED', ...FROM_ANYWHERE],
  EXPORT_COMMIT: ['TRANSLATING', 'PUSHING', 'COMPLETED', ...FROM_ANYWHERE],
  TRANSLATING: ['TRANSLATION_COMMIT', ...FROM_ANYWHERE],
  TRANSLATION_COMMIT: ['PUSHING', 'COMPLETED', ...FROM_ANYWHERE],
  PUSHING: ['COMPLETED', ...FROM_ANYWHERE],
  COMPLETED: [],
  FAILED: [],
  CANCELLED: [],
};
