import {
  TestDatabaseId,
  TestDatabases,
  mockServices,
} from '@backstage/backend-test-utils';
import { JobState } from '@herald/backstage-plugin-manual-publish-common';
import { WorkQueue } from '@herald/work-queue';
import { Knex } from 'knex';
import { Job, JobId, JobOrder } from '../../publishing/Job';
import { Holder } from '../../publishing/JobStore';
import { JobWork } from '../../publishing/JobWork';
import { DatabaseJobs } from '../DatabaseJobs';
import { migratedDatabase } from './migratedDatabase';
import { WORK_PREFIX } from '../migrate';

export const START = Date.parse('2026-11-22T08:00:00Z');

export const order = (fields: Partial<JobOrder> = {}): JobOrder => ({
  solution: 'ZCP',
  pageId: '11111111-1111-1111-1111-111111111111',
  title: 'Manual',
  targetLanguages: ['ko', 'ja'],
  dryRun: false,
  force: false,
  updateSlugs: false,
  requestedBy: 'user:default/guest',
  ...fields,
});

export const WHOLE_WAY: readonly JobState[] = [
  'CHECKING_REPO',
  'CLONING',
  'EXPORTING',
  'EXPORT_COMMIT',
  'TRANSLATING',
  'TRANSLATION_COMMIT',
  'PUSHING',
  'COMPLETED',
];

/** Jobs in a database of their own, by a clock that is set. */
export class JobsUnderTest {
  now = START;
  /** How often watchers were told to look. */
  changes = 0;
  readonly jobs: DatabaseJobs;

  private constructor(readonly knex: Knex) {
    this.jobs = new DatabaseJobs(knex, {
      work: new WorkQueue<JobWork>({
        knex,
        prefix: WORK_PREFIX,
        logger: mockServices.logger.mock(),
      }),
      now: () => new Date(this.now),
      onChange: () => {
        this.changes += 1;
      },
    });
  }

  static async start(
    databases: TestDatabases,
    engine: TestDatabaseId,
  ): Promise<JobsUnderTest> {
    const knex = await migratedDatabase(databases, engine);
    return new JobsUnderTest(knex);
  }

  async clear(): Promise<void> {
    await this.knex('herald_job').delete();
    await this.knex('herald_published_page').delete();
    await this.knex(`${WORK_PREFIX}work`).delete();
    this.now = START;
    this.changes = 0;
  }

  /** What the work of a kind is to do, the oldest first. */
  async openWork(kind: string): Promise<Record<string, unknown>[]> {
    const works = await this.knex(`${WORK_PREFIX}work`)
      .where({ kind, state: 'open' })
      .orderBy('id');
    return works.map(({ payload }) => JSON.parse(payload));
  }

  async taken(id: JobId): Promise<Holder> {
    const claim = await this.jobs.take(id);
    if (!claim) {
      throw new Error('The job has ended');
    }
    return claim.holder;
  }

  async finish(job: Job): Promise<void> {
    const holder = await this.taken(job.id);
    for (const state of WHOLE_WAY) {
      await this.jobs.change(job.id, holder, { state });
    }
  }
}
