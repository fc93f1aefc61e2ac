import { WorkQueue } from '@herald/work-queue';
import { Knex } from 'knex';
import { JobWork } from '../publishing/JobWork';
import { WebhookEvents } from '../webhook/WebhookEvents';

export class DatabaseWebhookEvents implements WebhookEvents {
  readonly #knex: Knex;
  readonly #work: Pick<WorkQueue<JobWork>, 'enqueue'>;
  readonly #publishAfterMs: number | undefined;

  /** @param options.publishAfterMs - `undefined` where changes are not published by themselves */
  constructor(
    knex: Knex,
    options: {
      work: Pick<WorkQueue<JobWork>, 'enqueue'>;
      publishAfterMs: number | undefined;
    },
  ) {
    this.#knex = knex;
    this.#work = options.work;
    this.#publishAfterMs = options.publishAfterMs;
  }

  async isNew(id: string): Promise<boolean> {
    return !(await this.#knex('herald_webhook_event')
      .where({ id })
      .first('id'));
  }

  async take(
    id: string,
    receivedAt: Date,
    solutions: readonly string[],
  ): Promise<void> {
    const afterMs = this.#publishAfterMs;
    await this.#knex.transaction(async tx => {
      // Whoever is second waits here until the first is through.
      const taken = await tx('herald_webhook_event')
        .insert({ id, received_at: receivedAt.getTime() })
        .onConflict('id')
        .ignore()
        .returning('id');
      if (taken.length === 0 || afterMs === undefined) return;
      const runAfter = new Date(receivedAt.getTime() + afterMs);
      await this.#work.enqueue(
        tx,
        solutions.map(solution => ({
          kind: 'republish' as const,
          payload: { solution },
          key: solution,
          runAfter,
        })),
      );
    });
  }

  async purge(receivedBefore: Date): Promise<void> {
    await this.#knex('herald_webhook_event')
      .where('received_at', '<', receivedBefore.getTime())
      .delete();
  }
}
