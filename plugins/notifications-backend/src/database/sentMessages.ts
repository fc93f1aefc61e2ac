import { Knex } from 'knex';
import { StoredMessage } from '../messages/Message';
import { Correction } from '../messages/MessageStore';
import { appendToFeed, lockFeed } from './engine';
import { inTransaction, lockToDelete } from './inTransaction';
import { storedId } from './messageAliases';
import { MessageRow, toContentRow, toMessage } from './messageRow';
import { correctScheduled, removeScheduled } from './scheduledMessages';
import { endMarksEpoch } from './UnreadBelow';

/** A message with the refs it is for, if there is one. */
export async function findSent(
  knex: Knex,
  messageId: string,
): Promise<{ message: StoredMessage; targets: string[] } | undefined> {
  const row = await knex<MessageRow>('herald_message')
    .where({ id: messageId })
    .first();
  return (
    row && {
      message: toMessage(row),
      targets: await knex('herald_target')
        .where({ message_id: messageId })
        .orderBy('ref')
        .pluck('ref'),
    }
  );
}

/** Who sent a message, also one that waits for its moment, or is known by another id. */
export async function findSender(
  knex: Knex,
  messageId: string,
): Promise<string | undefined> {
  const senderIn = async (table: string, id: string) =>
    (await knex(table).where({ id }).first('sender'))?.sender;
  return (
    (await senderIn('herald_message', messageId)) ??
    (await senderIn('herald_scheduled_message', messageId)) ??
    // Last, because what waits may have been sent meanwhile.
    senderIn('herald_message', await storedId(knex, messageId))
  );
}

/** Changes what a message says, or will say; the feed is told of one that was sent. */
export async function correctMessage(
  knex: Knex,
  messageId: string,
  correction: Correction,
  now: Date,
): Promise<StoredMessage | undefined> {
  return inTransaction(knex, async tx => {
    // As when its moment has come: first the row that waits, then the feed.
    const waiting = await correctScheduled(tx, messageId, correction);
    if (waiting) {
      return waiting;
    }
    // As a send does it: first the feed, then the message.
    await lockFeed(tx);
    const id = await storedId(tx, messageId);
    const row = await tx<MessageRow>('herald_message').where({ id }).first();
    if (!row) {
      return undefined;
    }
    const content = { ...toMessage(row), ...correction };
    const contentRow = toContentRow(content);
    await tx('herald_message')
      .where({ id })
      .update({ ...contentRow, corrected_at: now.getTime() });
    if ('expiresAt' in correction) {
      for (const table of ['herald_target', 'herald_read_mark']) {
        await tx(table)
          .where({ message_id: id })
          .update({ expires_at: contentRow.expires_at });
      }
      await endMarksEpoch(tx);
    }
    await appendToFeed(tx, {
      kind: 'correction',
      message_id: id,
      at: now.getTime(),
    });
    return { ...content, correctedAt: now };
  });
}

/**
 * Takes a message back, also one that waits for its moment; the feed is told of one that was sent.
 *
 * @returns whether there was one
 */
export async function withdrawMessage(
  knex: Knex,
  messageId: string,
  now: Date,
): Promise<boolean> {
  const wasWaiting = await knex.transaction(tx =>
    removeScheduled(tx, [messageId]),
  );
  if (wasWaiting > 0) {
    return true;
  }
  return inTransaction(knex, async tx => {
    await lockFeed(tx);
    const id = await storedId(tx, messageId);
    await lockToDelete(tx, tx('herald_message').where({ id }));
    const refsIn = (table: string) =>
      tx(table).where({ message_id: id }).pluck('ref');
    const audience = {
      targets: await refsIn('herald_target'),
      exclusions: await refsIn('herald_exclusion'),
    };
    const deleted = await tx('herald_message').where({ id }).delete();
    if (deleted > 0) {
      await endMarksEpoch(tx);
      await appendToFeed(tx, {
        kind: 'withdrawal',
        message_id: id,
        payload: JSON.stringify(audience),
        at: now.getTime(),
      });
    }
    return deleted > 0;
  });
}
