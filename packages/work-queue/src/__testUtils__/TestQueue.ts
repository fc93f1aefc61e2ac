import {
  TestDatabaseId,
  TestDatabases,
  mockServices,
} from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { WorkQueue, WorkQueueOptions } from '../WorkQueue';
import { workQueueMigrations } from '../database/workQueueMigrations';
import { until } from './until';

export const PREFIX = 'test_';

/** A database with the tables of a queue, a clock that the test moves, and any number of queues on it, as replicas have them. */
export class TestQueue {
  readonly logger = mockServices.logger.mock();
  readonly #queues: WorkQueue[] = [];

  private constructor(readonly knex: Knex) {}

  static async create(
    databases: TestDatabases,
    engine: TestDatabaseId,
  ): Promise<TestQueue> {
    const knex = await databases.init(engine);
    await workQueueMigrations.v1.up(knex, PREFIX);
    await knex.schema.createTable('clock', table => {
      table.bigInteger('ms').notNullable();
    });
    await knex('clock').insert({ ms: Date.UTC(2026, 0, 1) });
    return new TestQueue(knex);
  }

  /** A queue by the clock of the test. It looks for work when told to, or when some is enqueued through it. */
  queue(options: Partial<WorkQueueOptions> = {}): WorkQueue {
    const queue = new WorkQueue({
      knex: this.knex,
      prefix: PREFIX,
      logger: this.logger,
      pollMs: 600_000,
      clockSql: '(SELECT ms FROM clock)',
      random: () => 0.5,
      ...options,
    });
    this.#queues.push(queue);
    return queue;
  }

  async now(): Promise<Date> {
    const [{ ms }] = await this.knex('clock').select('ms');
    return new Date(Number(ms));
  }

  /** Moves the clock, and lets every queue look. */
  async passTime(ms: number): Promise<void> {
    await this.knex('clock').increment('ms', ms);
    this.#queues.forEach(queue => queue.wake());
  }

  async rows(): Promise<Record<string, unknown>[]> {
    return this.knex(`${PREFIX}work`).orderBy('id');
  }

  async untilEmpty(): Promise<void> {
    await until(async () => (await this.rows()).length === 0);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#queues.map(queue => queue.stop({ timeoutMs: 0 })));
  }
}
