import { PermanentFailure, WorkItem, WorkQueue } from '@herald/work-queue';
import { Knex } from 'knex';
import { NewMessage } from '../messages/Message';
import { MessageModules, Outbox } from '../messages/MessageSender';
import {
  Admission,
  IdempotencyKey,
  StoreOutcome,
} from '../messages/MessageStore';
import { NobodyLeft } from '../messages/NobodyLeft';
import { DatabaseQuotaLedger } from './DatabaseQuotaLedger';
import { claimKey } from './idempotencyKeys';
import { rememberAlias } from './messageAliases';
import { SEND_SCHEDULED, readScheduled } from './scheduledMessages';
import { Companion, storeMessages } from './storeMessages';

/** The work of this plugin's outbox, by kind. */
export type OutboxWork = { [SEND_SCHEDULED]: { messageId: string } };

const TABLE = 'herald_scheduled_message';

/**
 * Keeps messages until their moment. A message and the work that will send it are stored together; sending it, taking it out and
 * completing the work are one transaction again, so that it is sent once. Modules are asked when its moment has come.
 */
export class DatabaseOutbox implements Outbox {
  readonly #knex: Knex;
  readonly #work: Pick<WorkQueue<OutboxWork>, 'enqueue'>;
  readonly #now: () => Date;
  readonly #onGrowth: () => void;
  readonly #modules: MessageModules;
  readonly #companion: Companion | undefined;

  constructor(
    knex: Knex,
    options: {
      work: Pick<WorkQueue<OutboxWork>, 'enqueue' | 'process'>;
      now: () => Date;
      onGrowth: () => void;
      modules: MessageModules;
      companion?: Companion;
    },
  ) {
    this.#knex = knex;
    this.#work = options.work;
    this.#now = options.now;
    this.#onGrowth = options.onGrowth;
    this.#modules = options.modules;
    this.#companion = options.companion;
    options.work.process(SEND_SCHEDULED, ({ item }) => this.#send(item));
  }

  async schedule(
    message: NewMessage,
    sendAt: Date,
    key?: IdempotencyKey,
    admit?: Admission,
  ): Promise<StoreOutcome> {
    return this.#knex.transaction(async (tx): Promise<StoreOutcome> => {
      const earlier = key && (await claimKey(tx, message, key, this.#now()));
      if (earlier) {
        return earlier;
      }
      await admit?.(new DatabaseQuotaLedger(tx));
      await tx(TABLE).insert({
        id: message.id,
        sender: message.sender,
        send_at: sendAt.getTime(),
        message: JSON.stringify(message),
      });
      await this.#work.enqueue(tx, [
        {
          kind: SEND_SCHEDULED,
          key: message.id,
          payload: { messageId: message.id },
          runAfter: sendAt,
        },
      ]);
      return { outcome: 'stored', messageId: message.id };
    });
  }

  async #send(
    item: WorkItem<OutboxWork[typeof SEND_SCHEDULED]>,
  ): Promise<void> {
    const id = item.payload.messageId;
    const row = await this.#knex(TABLE).where({ id }).first('message');
    const stored = row && readScheduled(row.message);
    // While the portal was down its end may have come.
    const isOver = stored?.expiresAt && stored.expiresAt <= this.#now();
    const message =
      stored && !isOver ? await this.#prepared(stored) : undefined;
    await this.#knex.transaction(async tx => {
      // It may have been withdrawn, before or meanwhile.
      const isStillThere = (await tx(TABLE).where({ id }).delete()) > 0;
      if (message && isStillThere) {
        const [storedAs] = await storeMessages(tx, [message], this.#companion);
        if (storedAs !== id) {
          // It has taken the place of another one; its sender holds this id.
          await rememberAlias(tx, id, storedAs);
        }
      }
      await item.completeIn(tx);
    });
    this.#onGrowth();
  }

  async #prepared(message: NewMessage): Promise<NewMessage> {
    try {
      return await this.#modules.prepare({
        ...message,
        createdAt: this.#now(),
      });
    } catch (error) {
      if (error instanceof NobodyLeft) {
        throw new PermanentFailure(error.message);
      }
      throw error;
    }
  }
}
