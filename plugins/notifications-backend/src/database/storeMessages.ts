import { Knex } from 'knex';
import { NewMessage } from '../messages/Message';
import { insertMessages } from './insertMessages';

/** Writes what goes with messages, in the transaction that stores them. */
export interface Companion {
  /** Before the messages have their places in the feed, so that nobody waits for it under the feed's lock. */
  before(tx: Knex.Transaction, messages: readonly NewMessage[]): Promise<void>;
  /** After a message has taken the place of an earlier one, whose id it has now. */
  renamed(
    tx: Knex.Transaction,
    message: NewMessage,
    messageId: string,
  ): Promise<void>;
}

/**
 * Stores messages as `insertMessages` does, and what goes with them. Without a companion it is that one statement.
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
  return db.transaction(async tx => {
    await companion.before(tx, messages);
    const ids = await insertMessages(tx, messages);
    for (const [index, message] of messages.entries()) {
      if (ids[index] !== message.id) {
        await companion.renamed(tx, message, ids[index]);
      }
    }
    return ids;
  });
}
