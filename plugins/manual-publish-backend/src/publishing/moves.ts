import {
  JobState,
  isFinal,
  jobMoves,
} from '@herald/backstage-plugin-manual-publish-common';

/** A job was to make a move that the table does not have: a bug, and nobody's input. */
export class IllegalMove extends Error {
  override readonly name = 'IllegalMove';
}

/**
 * @throws IllegalMove unless the table has it, or it is a job that begins again because the replica that has it now lacks the files
 */
export function demandMove(from: JobState, to: JobState): void {
  if (!jobMoves[from].includes(to) && !isBeginningAgain(from, to)) {
    throw new IllegalMove(`A job cannot go from ${from} to ${to}`);
  }
}

function isBeginningAgain(from: JobState, to: JobState): boolean {
  return to === 'CHECKING_REPO' && from !== 'QUEUED' && !isFinal(from);
}
