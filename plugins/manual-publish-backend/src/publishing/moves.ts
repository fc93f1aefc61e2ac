import {
  JobState,
  jobMoves,
} from '@herald/backstage-plugin-manual-publish-common';

/** A job was to make a move that the table does not have: a bug, and nobody's input. */
export class IllegalMove extends Error {
  override readonly name = 'IllegalMove';
}

/** @throws IllegalMove unless the table has it */
export function demandMove(from: JobState, to: JobState): void {
  if (!jobMoves[from].includes(to)) {
    throw new IllegalMove(`A job cannot go from ${from} to ${to}`);
  }
}
