/** Work that a job leaves behind in the transaction that changes it. A type alias: the queue wants an index signature. */
export type JobWork = {
  /** Does the job. */
  publish: { jobId: string };
  /** Tells the user who asked for it. */
  notify: { jobId: string; moment: 'processing' | 'ended' };
  /** Tells other plugins. */
  announce: CatalogueEvent;
  /** Publishes a solution some time after its pages have changed. */
  republish: { solution: string };
};

/** What the webhooks plugin offers to subscribe to. */
export type CatalogueEvent = {
  type: 'job-created' | 'job-status-changed' | 'job-completed';
  jobId: string;
  status: string;
  solution: string;
  pageId: string;
  title: string;
  requestedBy: string;
  at: string;
};
