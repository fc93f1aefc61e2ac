import { Knex } from 'knex';
import { ErasedCounts } from '../messages/MessageStore';
import { containsPattern } from './engine';

/** Who a message is from once its sender has been erased. */
export const ERASED_SENDER = 'erased';

/** Deletes all that is known of a person; what they sent to others stays, without their name. */
export async function eraseData(
  tx: Knex.Transaction,
  userRef: string,
): Promise<ErasedCounts> {
  const theirs = tx('herald_target as t')
    .where('t.ref', userRef)
    .whereNotExists(
      tx('herald_target as other')
        .select(tx.raw('1'))
        .whereRaw('other.message_id = t.message_id')
        .whereNot('other.ref', userRef),
    )
    .select('t.message_id');
  const messages = await tx('herald_message').whereIn('id', theirs).delete();
  await tx('herald_target').where('ref', userRef).delete();
  await tx('herald_exclusion').where('ref', userRef).delete();

  let marks = 0;
  for (const table of ['herald_read_mark', 'herald_saved']) {
    marks += await tx(table).where('user_ref', userRef).delete();
  }
  for (const table of [
    'herald_read_floor',
    'herald_reader',
    'herald_preference',
    'herald_feed',
  ]) {
    await tx(table).where('user_ref', userRef).delete();
  }
  // A withdrawal names those whom the message was for.
  await tx('herald_feed')
    .whereRaw(`payload LIKE ? ESCAPE '\\'`, [
      containsPattern(JSON.stringify(userRef)),
    ])
    .delete();

  const sent = await tx('herald_message')
    .where('sender', userRef)
    // What they send from now on is not to take the place of these.
    .update({ sender: ERASED_SENDER, scope_hash: null });
  await tx('herald_scheduled_message').where('sender', userRef).delete();
  await tx('herald_idempotency_key').where('sender', userRef).delete();
  return { messages, marks, sent };
}
