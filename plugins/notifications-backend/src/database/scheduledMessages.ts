import { Knex } from 'knex';
import { EVERYBODY, NewMessage, StoredMessage } from '../messages/Message';
import { Correction } from '../messages/MessageStore';

const TABLE = 'herald_scheduled_message';

/** A message that waits, as it was written down. */
export function readScheduled(text: string): NewMessage {
  const { createdAt, expiresAt, ...message } = JSON.parse(text);
  return {
    ...message,
    createdAt: new Date(createdAt),
    expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
  };
}

/** Changes what a message that waits will say; nobody has seen it, so it does not count as corrected. */
export async function correctScheduled(
  tx: Knex.Transaction,
  messageId: string,
  correction: Correction,
): Promise<StoredMessage | undefined> {
  const row = await tx(TABLE).where({ id: messageId }).first('message');
  if (!row) {
    return undefined;
  }
  const message = { ...readScheduled(row.message), ...correction };
  await tx(TABLE)
    .where({ id: messageId })
    .update({ message: JSON.stringify(message) });
  return { ...message, seq: 0, isSystem: message.targets.includes(EVERYBODY) };
}
