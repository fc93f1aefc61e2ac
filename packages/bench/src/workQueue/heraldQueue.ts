import { mockServices } from '@backstage/backend-test-utils';
import { WorkQueue, workQueueMigrations } from '@herald/work-queue';
import { Contender, PAYLOAD } from './Contender';
import { Place } from './places';

const PREFIX = 'herald_bench_';

export async function heraldQueue(
  { knex }: Place,
  batchSize: number,
): Promise<Contender> {
  await workQueueMigrations.v1.up(knex, PREFIX);
  const newQueue = () =>
    new WorkQueue({ knex, prefix: PREFIX, logger: mockServices.rootLogger() });
  const enqueuing = newQueue();
  const left = async () => {
    const [{ count }] = await knex(`${PREFIX}work`).count({ count: '*' });
    return Number(count);
  };
  return {
    async enqueue(items) {
      await knex.transaction(tx =>
        enqueuing.enqueue(
          tx,
          Array.from({ length: items }, () => ({
            kind: 'task',
            payload: PAYLOAD,
          })),
        ),
      );
    },
    async drain() {
      const total = await left();
      let done = 0;
      const queue = newQueue();
      await new Promise<void>(resolve => {
        queue.process(
          'task',
          async () => {
            if (++done === total) resolve();
          },
          { batchSize, concurrency: batchSize },
        );
        queue.start();
      });
      // What has ended is written down when it returns.
      await queue.stop();
      return done;
    },
    left,
    async close() {
      await workQueueMigrations.v1.down(knex, PREFIX);
    },
  };
}
