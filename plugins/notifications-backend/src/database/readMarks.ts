import { Knex } from 'knex';
import { InboxFilter, Mark } from '../messages/MessageStore';
import { InboxQueries, SeqRange, VisibleMessage } from './inboxQueries';
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

/** Whether more than the scope narrows what is to be marked as read. */
export function isNarrowed({
  scope: _scope,
  isRead: _read,
  isArchived: _archived,
  ...narrowing
}: InboxFilter): boolean {
  return Object.values(narrowing).some(value => value !== undefined);
}

/** Marks as read all of a scope, up to a seq: one floor for each ref, less the marks that said otherwise. */
export async function readAll(
  tx: Knex.Transaction,
  state: ReaderState,
  scope: InboxFilter['scope'],
  upToSeq: number,
): Promise<void> {
  const refs = floorsInScope(state.floors, scope).map(({ ref }) => ref);
  await tx('herald_read_floor')
    .where('user_ref', state.userRef)
    .whereIn('ref', refs)
    .where('floor_seq', '<', upToSeq)
    .update({ floor_seq: upToSeq });
  const unread = tx(MARK)
    .where({ user_ref: state.userRef, is_read: false })
    .where('seq', '<=', upToSeq);
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

/**
 * Marks as read what matches, the oldest first, after a seq and up to another.
 *
 * @returns the seq of the last one; `undefined` where none is left
 */
export async function readMatching(
  tx: Knex.Transaction,
  state: ReaderState,
  filter: InboxFilter,
  range: SeqRange & { limit: number },
): Promise<number | undefined> {
  const unread = await tx
    .from(
      new InboxQueries(tx, state, filter.scope)
        .unreadMatching(filter, range)
        .as('unread'),
    )
    .orderBy('unread.seq')
    .limit(range.limit)
    .select('unread.message_id', 'unread.seq');
  if (unread.length === 0) {
    return undefined;
  }
  // As values: of an insert from a query, knex leaves out on SQLite what is to be done with those that are there.
  await tx(MARK)
    .insert(
      unread.map(({ message_id, seq }) => ({
        message_id,
        seq,
        user_ref: state.userRef,
        is_read: true,
        is_archived: false,
      })),
    )
    .onConflict(['message_id', 'user_ref'])
    .merge(['seq', 'is_read', 'is_archived']);
  return Number(unread.at(-1)?.seq);
}

/**
 * Archives everything up to now: floor and archive say the same of all. Marks that say read stay until a later visit
 * (`compactMarks`), because requests that are under way have read the lower floors, and are right with them.
 */
export async function archiveAll(
  tx: Knex.Transaction,
  { userRef, now }: ReaderState,
): Promise<void> {
  const point = await lastSeq(tx);
  await tx('herald_read_floor')
    .where('user_ref', userRef)
    .where('floor_seq', '<', point)
    .update({ floor_seq: point });
  await tx('herald_reader')
    .where('user_ref', userRef)
    .update({ archived_seq: point, seen_seq: point, seen_at: now });
  const marks = () =>
    tx(MARK).where('user_ref', userRef).where('seq', '<=', point);
  await marks().where({ is_read: false }).delete();
  await marks()
    .where({ is_read: true, is_archived: false })
    .update({ is_archived: true });
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
