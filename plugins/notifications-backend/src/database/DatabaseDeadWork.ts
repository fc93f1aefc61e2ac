import { DeadWorkSelection, WorkId, WorkQueue } from '@herald/work-queue';
import { Knex } from 'knex';
import { DeadWorkDesk, DeadWorkItem } from '../messages/DeadWorkDesk';
import {
  SEND_SCHEDULED,
  readScheduled,
  removeAbandoned,
} from './scheduledMessages';

/** Dead work of the plugin's queue, and the messages that wait for it. */
export class DatabaseDeadWork implements DeadWorkDesk {
  readonly #knex: Knex;
  readonly #work: Pick<WorkQueue, 'deadItems' | 'redrive' | 'discard'>;

  constructor(
    knex: Knex,
    work: Pick<WorkQueue, 'deadItems' | 'redrive' | 'discard'>,
  ) {
    this.#knex = knex;
    this.#work = work;
  }

  async list(page: {
    kind?: string;
    after?: WorkId;
    limit?: number;
  }): Promise<DeadWorkItem[]> {
    const items = await this.#work.deadItems(page);
    const waiting = await this.#waiting(
      items
        .filter(({ kind }) => kind === SEND_SCHEDULED)
        .flatMap(({ key }) => key ?? []),
    );
    return items.map(item => ({
      ...item,
      scheduled: waiting.get(item.key ?? ''),
    }));
  }

  async redrive(selection: DeadWorkSelection): Promise<number> {
    return this.#work.redrive(selection);
  }

  async discard(selection: DeadWorkSelection): Promise<number> {
    const count = await this.#work.discard(selection);
    // Should the process end right here, an hourly chore does it.
    await removeAbandoned(this.#knex);
    return count;
  }

  async removeAbandoned(): Promise<void> {
    await removeAbandoned(this.#knex);
  }

  async #waiting(
    ids: readonly string[],
  ): Promise<Map<string, DeadWorkItem['scheduled']>> {
    const rows =
      ids.length === 0
        ? []
        : await this.#knex('herald_scheduled_message').whereIn('id', ids);
    return new Map(
      rows.map(row => {
        const { origin, topic } = readScheduled(row.message);
        const { id: messageId, sender } = row;
        const sendAt = new Date(Number(row.send_at));
        return [messageId, { messageId, sender, origin, topic, sendAt }];
      }),
    );
  }
}
