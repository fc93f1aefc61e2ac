import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { EVERYBODY, NewMessage, StoredMessage } from '../messages/Message';
import { Correction } from '../messages/MessageStore';
import { isPostgres } from './engine';
import { inBatches } from './inBatches';
import { WORK_TABLE } from './workTable';

const TABLE = 'herald_scheduled_message';

/** The kind of work that sends a message when its moment has come; its key is the id of the message. */
export const SEND_SCHEDULED = 'send-scheduled';

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
  const waiting = tx(TABLE)
    .where({ id: messageId })
    .first('message', 'send_at');
  // Where it is being sent right now, this waits until it is gone from here.
  const row = await (isPostgres(tx) ? waiting.forUpdate() : waiting);
  if (!row) {
    return undefined;
  }
  if (
    correction.expiresAt &&
    correction.expiresAt.getTime() <= Number(row.send_at)
  ) {
    throw new InputError('Field expiresAt: must be later than it is sent');
  }
  const message = { ...readScheduled(row.message), ...correction };
  await tx(TABLE)
    .where({ id: messageId })
    .update({ message: JSON.stringify(message) });
  return { ...message, seq: 0, isSystem: message.targets.includes(EVERYBODY) };
}

/**
 * Takes out messages that wait, with the work that would have sent them, dead or not.
 *
 * @returns how many there were
 */
export async function removeScheduled(
  tx: Knex.Transaction,
  messageIds: readonly string[],
): Promise<number> {
  const removed = await tx(TABLE).whereIn('id', messageIds).delete();
  await tx(WORK_TABLE)
    .where('kind', SEND_SCHEDULED)
    .whereIn('key', messageIds)
    .delete();
  return removed;
}

/**
 * Takes out messages that nothing will send any more, because their work was discarded: a message and its work are stored
 * together, and go together when it is sent.
 *
 * @returns how many there were
 */
export async function removeAbandoned(knex: Knex): Promise<number> {
  const abandoned = (limit: number) =>
    knex(TABLE)
      .whereNotExists(
        knex(`${WORK_TABLE} as w`)
          .select(knex.raw('1'))
          .where('w.kind', SEND_SCHEDULED)
          .whereRaw(`w.key = CAST(${TABLE}.id AS text)`),
      )
      .limit(limit)
      .select('id');
  return inBatches(limit =>
    knex(TABLE).whereIn('id', abandoned(limit)).delete(),
  );
}
