import { Knex } from 'knex';
import { NewMessage } from '../messages/Message';
import { IdempotencyKey, StoreOutcome } from '../messages/MessageStore';
import { inBatches } from './inBatches';

const TABLE = 'herald_idempotency_key';
const KEPT_MS = 24 * 60 * 60_000;

export type Repetition = Exclude<StoreOutcome, { outcome: 'stored' }>;

/**
 * Takes the key for this message. Of many senders at once the constraint lets one through; the others wait for its commit here.
 *
 * @returns what became of the message that took the key before, if one did
 */
export async function claimKey(
  tx: Knex.Transaction,
  message: NewMessage,
  key: IdempotencyKey,
  now: Date,
): Promise<Repetition | undefined> {
  const claim = {
    body_hash: key.bodyHash,
    message_id: message.id,
    created_at: now.getTime(),
  };
  const claimed = await tx(TABLE)
    .insert({ sender: message.sender, key: key.key, ...claim })
    .onConflict(['sender', 'key'])
    .merge(claim)
    .where(`${TABLE}.created_at`, '<', oldest(now))
    .returning('message_id');
  if (claimed.length > 0) {
    return undefined;
  }
  return outcomeOfKey(tx, message.sender, key, now);
}

/** What became of the message that took this key before, if one did within its time. */
export async function outcomeOfKey(
  db: Knex,
  sender: string,
  key: IdempotencyKey,
  now: Date,
): Promise<Repetition | undefined> {
  const row = await db(TABLE)
    .where({ sender, key: key.key })
    .where('created_at', '>=', oldest(now))
    .first('body_hash', 'message_id');
  if (!row) {
    return undefined;
  }
  return row.body_hash === key.bodyHash
    ? { outcome: 'repeated', messageId: row.message_id }
    : { outcome: 'conflict' };
}

/** Says that the key made another message than the one it was claimed for: that whose place it took. */
export async function moveKey(
  tx: Knex.Transaction,
  sender: string,
  key: IdempotencyKey,
  messageId: string,
): Promise<void> {
  await tx(TABLE)
    .where({ sender, key: key.key })
    .update({ message_id: messageId });
}

/** Forgets the keys whose time is over, in small batches. @returns how many */
export async function purgeKeys(db: Knex, now: Date): Promise<number> {
  const isOver = () => db(TABLE).where('created_at', '<', oldest(now));
  return inBatches(limit =>
    isOver()
      .whereIn(['sender', 'key'], isOver().limit(limit).select('sender', 'key'))
      .delete(),
  );
}

function oldest(now: Date): number {
  return now.getTime() - KEPT_MS;
}
