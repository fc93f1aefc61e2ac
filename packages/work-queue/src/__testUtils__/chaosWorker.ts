import knexFactory from 'knex';
import { WorkQueue } from '../WorkQueue';

// A process of the chaos test: it works, until it is killed. Its effect is a row, committed together with the completion.

const [connection, prefix] = process.argv.slice(2);
const silent = {
  debug() {},
  info() {},
  warn() {},
  error: (message: string) => process.stderr.write(`${message}\n`),
  child: () => silent,
};
const knex = knexFactory({
  client: 'pg',
  connection,
  pool: { min: 0, max: 6 },
});
const queue = new WorkQueue({ knex, prefix, logger: silent, pollMs: 100 });

queue.process(
  'effect',
  async ({ item, signal }) => {
    // So that there is something to be killed in.
    await new Promise(resolve => setTimeout(resolve, Math.random() * 100));
    signal.throwIfAborted();
    await knex.transaction(async tx => {
      // Not unique: a second effect is to be seen, not prevented.
      await tx('effects').insert({ work_id: item.id, attempt: item.attempt });
      await item.completeIn(tx);
    });
  },
  { concurrency: 5, batchSize: 20, leaseMs: 500, maxAttempts: 1_000 },
);
queue.start();
process.once('disconnect', () => process.exit(0));
