import type { ListJobsQuery } from '@herald/backstage-plugin-manual-publish-common';

export const SIDEBAR_KEY = ['manual-publish', 'sidebar'];
export const MANUALS_KEY = ['manual-publish', 'manuals'];
export const JOBS_KEY = ['manual-publish', 'jobs'];

export const manualsKey = (solution: string) => [...MANUALS_KEY, solution];
export const jobKey = (id: string) => ['manual-publish', 'job', id];
export const jobLogKey = (id: string, hasEnded: boolean) => [
  ...jobKey(id),
  'log',
  hasEnded,
];
export const jobsKey = (part: string, query: ListJobsQuery) => [
  ...JOBS_KEY,
  part,
  query,
];
