import { Knex } from 'knex';
import { NewMessage } from '../messages/Message';
import { isPostgres } from './engine';
import { insertMessages } from './insertMessages';

/** Writes what goes with messages, in the transaction that stores them. */
export interface Companion {
  /**
   * On PostgreSQL: statements that become part of the one that stores the messages, by name. In its table `placed` there are `place`,
   * counted from 1, and `id` of each message, which is another one's where it took that one's place.
   */
  alongside(messages: readonly NewMessage[]): Record<string, Knex.Raw>;
  /** On other engines: before the messages are stored. */
  before(tx: Knex.Transaction, messages: readonly NewMessage[]): Promise<void>;
  /** On other engines: after a message has taken the place of an earlier one, whose id it has now. */
  renamed(
    tx: Knex.Transaction,
    message: NewMessage,
    messageId: string,
  ): Promise<void>;
  /** Everything is written, and in the database once this transaction is. */
  stored(db: Knex): void;
}

/**
 * Stores messages as `insertMessages` does, and what goes with them.
 *
 * @returns the id of each: its own, or that of the message whose place it took
 */
export async function storeMessages(
  db: Knex,
  messages: readonly NewMessage[],
  companion: Companion | undefined,
): Promise<string[]> {
  if (!companion) {
    return insertMessages(db, messages);
  }
  if (isPostgres(db)) {
    const ids = await insertMessages(
      db,
      messages,
      companion.alongside(messages),
    );
    companion.stored(db);
    return ids;
  }
  return db.transaction(async tx => {
    await companion.before(tx, messages);
    const ids = await insertMessages(tx, messages);
    for (const [index, message] of messages.entries()) {
      if (ids[index] !== message.id) {
        await companion.renamed(tx, message, ids[index]);
      }
    }
    companion.stored(tx);
    return ids;
  });
}
