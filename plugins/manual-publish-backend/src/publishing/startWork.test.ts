import { mockServices } from '@backstage/backend-test-utils';
import { SendNotification } from '@herald/backstage-plugin-notifications-common';
import { testEngines } from '@herald/test-utils';
import { WorkQueue } from '@herald/work-queue';
import { until } from '../__testUtils__/smallManuals';
import { DatabaseJobs } from '../database/DatabaseJobs';
import { migratedDatabase } from '../database/__testUtils__/migratedDatabase';
import { WORK_PREFIX } from '../database/migrate';
import { JobWork } from './JobWork';
import { startWork } from './startWork';

const databases = testEngines();

describe.each(databases.eachSupportedId())(
  'what the user is told last, on %s',
  engine => {
    it('is how the job ended, though the message that it is under way came late', async () => {
      const knex = await migratedDatabase(databases, engine);
      const logger = mockServices.logger.mock();
      const work = new WorkQueue<JobWork>({
        knex,
        prefix: WORK_PREFIX,
        logger,
        pollMs: 20,
      });
      const jobs = new DatabaseJobs(knex, {
        work,
        now: () => new Date(),
        onChange: () => {},
      });
      const arrived: string[] = [];
      let isUnderWay = false;
      let letGo = () => {};
      const slow = new Promise<void>(resolve => {
        letGo = resolve;
      });
      startWork({
        work,
        jobs,
        publish: async () => {},
        republisher: { publish: async () => {} },
        notifications: {
          send: async (message: SendNotification) => {
            if (message.type === 'processing') {
              isUnderWay = true;
              await slow;
            }
            arrived.push(message.type ?? '');
            return undefined as never;
          },
        },
        events: mockServices.events.mock(),
        logger,
        concurrency: 1,
        leaseMs: 30_000,
      });
      work.start();

      const job = await jobs.create({
        solution: 'ZCP',
        pageId: '1',
        title: 'Guide',
        targetLanguages: [],
        dryRun: false,
        force: false,
        updateSlugs: false,
        requestedBy: 'user:default/guest',
      });
      await until(() => isUnderWay);
      await jobs.fail(job.id, { reason: 'INTERNAL', detail: 'no' });
      await until(() => arrived.length > 0);
      expect(arrived).toEqual(['error']);
      letGo();
      await until(() => arrived.length === 3);
      expect(arrived).toEqual(['error', 'processing', 'error']);
      await work.stop();
    });
  },
);
