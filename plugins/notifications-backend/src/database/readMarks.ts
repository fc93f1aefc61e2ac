import { Knex } from 'knex';
import { InboxFilter, Mark } from '../messages/MessageStore';
import { InboxQueries, VisibleMessage } from './inboxQueries';
import { ReaderState, floorsInScope, lastSeq } from './readerState';

const MARK = 'herald_read_mark';

/** Marks messages as read, unread, archived or not. What is archived is read; what becomes unread leaves the archive. */
export async function writeMarks(
  tx: Knex.Transaction,
  state: ReaderState,
  visible: readonly VisibleMessage[],
  mark: Exclude<Mark, { kind: 'saved' }>,
): Promise<void> {
  const { archivedSeq, userRef } = state;
  const { isRead, isArchived } = consequences(mark);
  await tx(MARK)
    .insert(
      visible.map(({ messageId, seq, isBelow, expiresAt, ...copies }) => ({
        ...copies,
        expires_at: expiresAt,
        user_ref: userRef,
        message_id: messageId,
        seq,
        is_read: isRead ?? isBelow,
        is_archived: isArchived ?? seq <= archivedSeq,
      })),
    )
    .onConflict(['message_id', 'user_ref'])
    .merge({
      ...excluded(tx, ['seq', 'ref', 'origin', 'topic', 'expires_at']),
      is_read: keptOrNew(tx, 'is_read', isRead),
      is_archived: keptOrNew(tx, 'is_archived', isArchived),
    });
  if (isArchived) {
    await tx('herald_reader')
      .where({ user_ref: userRef })
      .update({ has_archived: true });
  }
}

/** What a mark says; `undefined` is what stays as it was. */
function consequences(mark: Exclude<Mark, { kind: 'saved' }>): {
  isRead?: boolean;
  isArchived?: boolean;
} {
  if (mark.kind === 'read') {
    return mark.value ? { isRead: true } : { isRead: false, isArchived: false };
  }
  return mark.value
    ? { isRead: true, isArchived: true }
    : { isArchived: false };
}

/** Keeps messages, or keeps them no more. */
export async function saveMarks(
  tx: Knex.Transaction,
  { userRef, now }: ReaderState,
  visible: readonly VisibleMessage[],
  isSaved: boolean,
): Promise<void> {
  const ids = visible.map(({ messageId }) => messageId);
  if (isSaved) {
    await tx('herald_saved')
      .insert(
        ids.map(id => ({ user_ref: userRef, message_id: id, saved_at: now })),
      )
      .onConflict(['user_ref', 'message_id'])
      .ignore();
  } else {
    await tx('herald_saved')
      .where({ user_ref: userRef })
      .whereIn('message_id', ids)
      .delete();
  }
}

/**
 * Marks as read whatever matches, up to a seq. Where nothing but the scope narrows it, that is one floor for each ref, and the
 * marks that said otherwise.
 */
export async function readAll(
  tx: Knex.Transaction,
  state: ReaderState,
  filter: InboxFilter,
  upToSeq: number | undefined,
): Promise<void> {
  const point = upToSeq ?? (await lastSeq(tx));
  const { scope, isRead: _read, isArchived: _archived, ...narrowing } = filter;
  const isNarrowed = Object.values(narrowing).some(
    value => value !== undefined,
  );
  if (isNarrowed) {
    await markMatching(tx, state, filter, point);
    return;
  }
  const refs = floorsInScope(state.floors, scope).map(({ ref }) => ref);
  await tx('herald_read_floor')
    .where('user_ref', state.userRef)
    .whereIn('ref', refs)
    .where('floor_seq', '<', point)
    .update({ floor_seq: point });
  const unread = tx(MARK)
    .where({ user_ref: state.userRef, is_read: false })
    .where('seq', '<=', point);
  if (scope !== 'all') {
    unread.whereExists(
      tx('herald_target as t')
        .select(tx.raw('1'))
        .whereRaw(`t.message_id = ${MARK}.message_id`)
        .whereIn('t.ref', refs),
    );
  }
  // What was taken back from the archive would be in it again without its mark.
  await unread
    .clone()
    .where('seq', '<=', state.archivedSeq)
    .update({ is_read: true });
  await unread.where('seq', '>', state.archivedSeq).delete();
}

async function markMatching(
  tx: Knex.Transaction,
  state: ReaderState,
  filter: InboxFilter,
  upToSeq: number,
): Promise<void> {
  const unread = new InboxQueries(tx, state, filter.scope)
    .unreadMatching(filter, upToSeq)
    .as('unread');
  await tx(
    tx.raw('?? (??, ??, ??, ??, ??)', [
      MARK,
      'message_id',
      'seq',
      'user_ref',
      'is_read',
      'is_archived',
    ]),
  )
    .insert(
      tx
        .from(unread)
        .whereRaw('1 = 1')
        .select(
          'message_id',
          'seq',
          tx.raw('?', [state.userRef]),
          tx.raw('?', [true]),
          tx.raw('?', [false]),
        ),
    )
    .onConflict(['message_id', 'user_ref'])
    .merge(['seq', 'is_read', 'is_archived'])
    // What was archived meanwhile stays so.
    .whereRaw(`NOT (${MARK}.seq = excluded.seq AND ${MARK}.is_archived)`);
}

/** Archives everything up to now. No mark is needed any more: floor and archive say the same of all. */
export async function archiveAll(
  tx: Knex.Transaction,
  { userRef }: ReaderState,
): Promise<void> {
  const point = await lastSeq(tx);
  await tx('herald_read_floor')
    .where('user_ref', userRef)
    .where('floor_seq', '<', point)
    .update({ floor_seq: point });
  await tx('herald_reader')
    .where('user_ref', userRef)
    .update({ archived_seq: point, seen_seq: point });
  await tx(MARK).where('user_ref', userRef).where('seq', '<=', point).delete();
}

function excluded(tx: Knex.Transaction, columns: readonly string[]) {
  return Object.fromEntries(
    columns.map(column => [column, tx.raw('excluded.??', [column])]),
  );
}

/** A mark of another seq means nothing: there the new one counts as a whole. */
function keptOrNew(
  tx: Knex.Transaction,
  column: string,
  value: boolean | undefined,
): Knex.Raw {
  return value === undefined
    ? tx.raw(
        `CASE WHEN ${MARK}.seq = excluded.seq THEN ${MARK}.?? ELSE excluded.?? END`,
        [column, column],
      )
    : tx.raw('?', [value]);
}
