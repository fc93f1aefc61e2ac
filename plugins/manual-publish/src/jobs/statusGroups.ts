import {
  isFinal,
  jobStates,
  type JobState,
} from '@herald/backstage-plugin-manual-publish-common';

/** What people tell states of jobs apart by. */
export const statusGroups = [
  'running',
  'completed',
  'failed',
  'cancelled',
] as const;

export type StatusGroup = (typeof statusGroups)[number];

export function groupOf(status: JobState): StatusGroup {
  switch (status) {
    case 'COMPLETED':
      return 'completed';
    case 'FAILED':
      return 'failed';
    case 'CANCELLED':
      return 'cancelled';
    default:
      return 'running';
  }
}

export const runningStates: JobState[] = jobStates.filter(
  state => !isFinal(state),
);

/** The states of some groups; of none: any. */
export function statesOf(groups: readonly StatusGroup[]): JobState[] {
  return jobStates.filter(state => groups.includes(groupOf(state)));
}
