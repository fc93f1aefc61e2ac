import { Knex } from 'knex';
import { WebhookEvents } from '../webhook/WebhookEvents';

export class DatabaseWebhookEvents implements WebhookEvents {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async isNew(id: string): Promise<boolean> {
    return !(await this.#knex('herald_webhook_event')
      .where({ id })
      .first('id'));
  }

  async remember(id: string, receivedAt: Date): Promise<void> {
    await this.#knex('herald_webhook_event')
      .insert({ id, received_at: receivedAt.getTime() })
      .onConflict('id')
      .ignore();
  }

  async purge(receivedBefore: Date): Promise<void> {
    await this.#knex('herald_webhook_event')
      .where('received_at', '<', receivedBefore.getTime())
      .delete();
  }
}
