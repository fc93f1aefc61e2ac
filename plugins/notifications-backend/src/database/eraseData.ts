import { Knex } from 'knex';
import { ErasedCounts } from '../messages/MessageStore';
import { containsPattern, lockFeed } from './engine';
import { lockToDelete } from './inTransaction';
import { lockReader } from './lockReader';
import { removeScheduled } from './scheduledMessages';
import { endMarksEpoch } from './UnreadBelow';
import { WORK_TABLE } from './workTable';

/** Who a message is from once its sender has been erased. */
export const ERASED_SENDER = 'erased';
const EMPTY_ENTRY = { kind: 'erased', user_ref: null, payload: null };
/** Whom the catalog does not know. */
const ERASED_USER = 'user:default/herald-erased';

/**
 * Deletes all that is known of a person; what they sent to others stays, without their name. Whom a message excludes stays written
 * down with it: else it would show itself to them.
 *
 * Locks come in the order in which readers and senders take them: the reader, what they have said, the feed, messages.
 */
export async function eraseData(
  tx: Knex.Transaction,
  userRef: string,
): Promise<ErasedCounts> {
  await lockReader(tx, userRef);
  const marks = await eraseFromReading(tx, userRef);
  await tx('herald_sender_quota').where('sender', userRef).delete();
  await tx('herald_idempotency_key').where('sender', userRef).delete();
  await eraseFromDispatches(tx, userRef);
  await eraseFromScheduled(tx, userRef);

  await lockFeed(tx);
  return { marks, ...(await eraseFromMessages(tx, userRef)) };
}

/** @returns how many marks there were */
async function eraseFromReading(
  tx: Knex.Transaction,
  userRef: string,
): Promise<number> {
  let marks = 0;
  for (const table of ['herald_read_mark', 'herald_saved']) {
    marks += await tx(table).where('user_ref', userRef).delete();
  }
  for (const table of [
    'herald_read_floor',
    'herald_reader',
    'herald_preference',
  ]) {
    await tx(table).where('user_ref', userRef).delete();
  }
  return marks;
}

/** Under the lock of the feed. */
async function eraseFromMessages(
  tx: Knex.Transaction,
  userRef: string,
): Promise<Pick<ErasedCounts, 'messages' | 'sent'>> {
  const theirs = tx('herald_target as t')
    .where('t.ref', userRef)
    .whereNotExists(
      tx('herald_target as other')
        .select(tx.raw('1'))
        .whereRaw('other.message_id = t.message_id')
        .whereNot('other.ref', userRef),
    )
    .select('t.message_id');
  const concerned = tx('herald_message').where(either =>
    either
      .whereIn('id', theirs.clone())
      .orWhere('sender', userRef)
      .orWhere('origin', userRef),
  );
  await lockToDelete(tx, concerned);
  await endMarksEpoch(tx);
  const messages = await tx('herald_message').whereIn('id', theirs).delete();
  await tx('herald_target').where('ref', userRef).delete();

  // The entries stay, empty: the feed has its numbers, from which streams go on.
  await tx('herald_feed').where('user_ref', userRef).update(EMPTY_ENTRY);
  await eraseFromWithdrawals(tx, userRef);

  const sent = await tx('herald_message')
    .where('sender', userRef)
    // What they send from now on is not to take the place of these.
    .update({ sender: ERASED_SENDER, scope_hash: null });
  // Upstream's senders have themselves as origin.
  for (const table of ['herald_message', 'herald_target', 'herald_read_mark']) {
    await tx(table).where('origin', userRef).update({ origin: ERASED_SENDER });
  }
  return { messages, sent };
}

/** A withdrawal names those whom the message was for; the others among them are still to be told. */
async function eraseFromWithdrawals(
  tx: Knex.Transaction,
  userRef: string,
): Promise<void> {
  const rows = await naming(tx('herald_feed'), 'payload', userRef).select(
    'seq',
    'payload',
  );
  for (const { seq, payload } of rows) {
    const { targets = [], exclusions = [] } = JSON.parse(payload);
    const left = {
      targets: targets.filter((ref: string) => ref !== userRef),
      exclusions: exclusions.filter((ref: string) => ref !== userRef),
    };
    await tx('herald_feed')
      .where({ seq })
      .update(
        left.targets.length > 0
          ? { payload: JSON.stringify(left) }
          : EMPTY_ENTRY,
      );
  }
}

/** Messages that wait for their moment: theirs go, and so do those to them alone; of others they are left out. */
async function eraseFromScheduled(
  tx: Knex.Transaction,
  userRef: string,
): Promise<void> {
  await removeScheduled(
    tx,
    await tx('herald_scheduled_message').where('sender', userRef).pluck('id'),
  );
  const waiting = await naming(
    tx('herald_scheduled_message'),
    'message',
    userRef,
  ).select('id', 'message');
  for (const row of waiting) {
    const message = JSON.parse(row.message);
    const targets = message.targets.filter((ref: string) => ref !== userRef);
    await (targets.length > 0
      ? tx('herald_scheduled_message')
          .where({ id: row.id })
          .update({
            message: JSON.stringify({ ...message, targets, named: undefined }),
          })
      : removeScheduled(tx, [row.id]));
  }
}

/** What processors are still to be told: nothing of this person, and everything of the others. */
async function eraseFromDispatches(
  tx: Knex.Transaction,
  userRef: string,
): Promise<void> {
  const steps = await naming(tx(WORK_TABLE), 'payload', userRef).select(
    'id',
    'payload',
  );
  const theirs = steps.filter(
    ({ payload }) => JSON.parse(payload).user === userRef,
  );
  for (const { id } of theirs) {
    await tx(WORK_TABLE).where({ id }).delete();
  }
  const dispatches = await naming(
    tx('herald_dispatch'),
    'options',
    userRef,
  ).select('id', 'options');
  for (const { id, options } of dispatches) {
    await tx('herald_dispatch')
      .where({ id })
      .update({
        options: options.replaceAll(
          JSON.stringify(userRef),
          JSON.stringify(ERASED_USER),
        ),
      });
  }
}

/** Rows whose JSON holds the ref as a text of its own. */
function naming<T extends Knex.QueryBuilder>(
  query: T,
  column: string,
  userRef: string,
): T {
  return query.whereRaw(`?? LIKE ? ESCAPE '\\'`, [
    column,
    containsPattern(JSON.stringify(userRef)),
  ]) as T;
}
