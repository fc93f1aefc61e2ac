import { WorkItem, WorkQueue } from '@herald/work-queue';
import { Knex } from 'knex';
import { NewMessage } from '../messages/Message';
import { Outbox } from '../messages/MessageSender';
import { IdempotencyKey, StoreOutcome } from '../messages/MessageStore';
import { claimKey } from './idempotencyKeys';
import { insertMessages } from './insertMessages';

/** The work of this plugin's outbox, by kind. */
export type OutboxWork = { 'send-scheduled': { messageId: string } };

const TABLE = 'herald_scheduled_message';

/**
 * Keeps messages until their moment. A message and the work that will send it are stored together; sending it, taking it out and
 * completing the work are one transaction again, so that it is sent once.
 */
export class DatabaseOutbox implements Outbox {
  readonly #knex: Knex;
  readonly #work: WorkQueue<OutboxWork>;
  readonly #now: () => Date;
  readonly #onGrowth: () => void;

  constructor(
    knex: Knex,
    options: {
      work: WorkQueue<OutboxWork>;
      now: () => Date;
      onGrowth: () => void;
    },
  ) {
    this.#knex = knex;
    this.#work = options.work;
    this.#now = options.now;
    this.#onGrowth = options.onGrowth;
    this.#work.process('send-scheduled', ({ item }) => this.#send(item));
  }

  async schedule(
    message: NewMessage,
    sendAt: Date,
    key?: IdempotencyKey,
  ): Promise<StoreOutcome> {
    return this.#knex.transaction(async (tx): Promise<StoreOutcome> => {
      const earlier = key && (await claimKey(tx, message, key, this.#now()));
      if (earlier) {
        return earlier;
      }
      await tx(TABLE).insert({
        id: message.id,
        sender: message.sender,
        send_at: sendAt.getTime(),
        message: JSON.stringify(message),
      });
      await this.#work.enqueue(tx, [
        {
          kind: 'send-scheduled',
          key: message.id,
          payload: { messageId: message.id },
          runAfter: sendAt,
        },
      ]);
      return { outcome: 'stored', messageId: message.id };
    });
  }

  async #send(item: WorkItem<OutboxWork['send-scheduled']>): Promise<void> {
    await this.#knex.transaction(async tx => {
      const [row] = await tx(TABLE)
        .where({ id: item.payload.messageId })
        .delete()
        .returning('message');
      // Withdrawn meanwhile.
      if (row) {
        await insertMessages(tx, [
          { ...readMessage(row.message), createdAt: this.#now() },
        ]);
      }
      await item.completeIn(tx);
    });
    this.#onGrowth();
  }
}

function readMessage(text: string): NewMessage {
  const { createdAt, expiresAt, ...message } = JSON.parse(text);
  return {
    ...message,
    createdAt: new Date(createdAt),
    expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
  };
}
