import { Job, JobId, NO_COST, NO_PROGRESS } from '../Job';

/** A job that is being exported, but for what is said of it. */
export const jobOf = (fields: Partial<Job> = {}): Job => ({
  id: 'job' as JobId,
  state: 'EXPORTING',
  solution: 'ZCP',
  pageId: 'p',
  title: 'Guide',
  targetLanguages: [],
  dryRun: false,
  force: false,
  updateSlugs: false,
  requestedBy: 'user:default/mina',
  cancelRequested: false,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  steps: [],
  progress: NO_PROGRESS,
  cost: NO_COST,
  commits: [],
  unchanged: false,
  warningCount: 0,
  eventCount: 0,
  ...fields,
});
