import { Knex } from 'knex';
import { QuotaLedger } from '../messages/SenderQuota';

const TABLE = 'herald_sender_quota';

/** One row a sender; a spending in a later window starts it anew. */
export class DatabaseQuotaLedger implements QuotaLedger {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async spend(sender: string, windowStart: number): Promise<number> {
    const [{ spent }] = await this.#knex(TABLE)
      .insert({ sender, window_start: windowStart, spent: 1 })
      .onConflict('sender')
      .merge({
        spent: this.#knex.raw(
          `CASE WHEN ${TABLE}.window_start >= excluded.window_start THEN ${TABLE}.spent + 1 ELSE 1 END`,
        ),
        // Replicas whose clocks differ never go back.
        window_start: this.#knex.raw(
          `CASE WHEN ${TABLE}.window_start >= excluded.window_start THEN ${TABLE}.window_start ELSE excluded.window_start END`,
        ),
      })
      .returning('spent');
    return Number(spent);
  }
}
