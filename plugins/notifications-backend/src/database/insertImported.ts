import { Knex } from 'knex';
import { ImportedMark, ImportedMessage } from '../import/Predecessor';
import { NewMessage } from '../messages/Message';
import { quietSeqs } from './engine';
import { inChunks } from './inChunks';
import { isPlain, toNewRow } from './messageRow';

/** Writes imported messages and their marks; with places in the feed's order, and without rows in the feed. */
export async function insertImported(
  tx: Knex.Transaction,
  messages: readonly ImportedMessage[],
  now: Date,
): Promise<void> {
  if (messages.length === 0) {
    return;
  }
  const rows = withoutTakenScopes(
    messages.map(message => ({ message, row: toRow(message) })),
    await takenScopes(tx, messages),
  );
  const seqs = await quietSeqs(tx, rows.length);
  await inChunks(rows, (chunk, start) =>
    tx('herald_message').insert(
      chunk.map(({ row }, index) => ({ ...row, seq: seqs[start + index] })),
    ),
  );
  const placed = rows.map((entry, index) => ({ ...entry, seq: seqs[index] }));
  await inChunks(
    placed.flatMap(({ message, row, seq }) =>
      message.targets.map(ref => ({
        message_id: message.id,
        ref,
        seq,
        sort_at: row.sort_at,
        origin: message.origin,
        topic: message.topic ?? null,
        expires_at: null,
        is_plain: isPlain(asNew(message)),
      })),
    ),
    chunk => tx('herald_target').insert(chunk),
  );
  const marks = placed.flatMap(({ message, seq }) =>
    oneOfEach(message.marks).map(mark => ({ message, seq, mark })),
  );
  await inChunks(
    marks.filter(({ mark }) => mark.isRead),
    chunk =>
      tx('herald_read_mark').insert(
        chunk.map(({ message, seq, mark }) => ({
          user_ref: mark.userRef,
          message_id: message.id,
          seq,
          is_read: true,
        })),
      ),
  );
  await inChunks(
    marks.filter(({ mark }) => mark.isSaved),
    chunk =>
      tx('herald_saved').insert(
        chunk.map(({ message, mark }) => ({
          user_ref: mark.userRef,
          message_id: message.id,
          saved_at: now.getTime(),
        })),
      ),
  );
}

/** The other plugin may know a person under several spellings of one ref. */
function oneOfEach(marks: readonly ImportedMark[]): ImportedMark[] {
  const byUser = new Map<string, ImportedMark>();
  for (const mark of marks) {
    const other = byUser.get(mark.userRef);
    byUser.set(mark.userRef, {
      userRef: mark.userRef,
      isRead: mark.isRead || (other?.isRead ?? false),
      isSaved: mark.isSaved || (other?.isSaved ?? false),
    });
  }
  return [...byUser.values()];
}

type Rows = { message: ImportedMessage; row: ReturnType<typeof toRow> }[];

function toRow(message: ImportedMessage) {
  const sortAt = (message.updatedAt ?? message.createdAt).getTime();
  return {
    ...toNewRow(asNew(message)),
    sort_at: sortAt,
    updated_at: message.updatedAt?.getTime() ?? null,
  };
}

function asNew({
  marks: _,
  updatedAt: __,
  ...message
}: ImportedMessage): NewMessage {
  return { ...message, exclusions: [] };
}

/** A scope has one message; the other plugin may have several, of senders who came at the same time. */
function withoutTakenScopes(rows: Rows, taken: ReadonlySet<string>): Rows {
  const seen = new Set(taken);
  // The newest one of a batch is the one that a later one will take the place of.
  return [...rows]
    .reverse()
    .map(({ message, row }) => {
      const hash = row.scope_hash;
      const isTaken = hash !== null && seen.has(hash);
      if (hash !== null) {
        seen.add(hash);
      }
      return { message, row: isTaken ? { ...row, scope_hash: null } : row };
    })
    .reverse();
}

async function takenScopes(
  tx: Knex.Transaction,
  messages: readonly ImportedMessage[],
): Promise<Set<string>> {
  const taken = new Set<string>();
  const hashes = messages
    .map(message => toNewRow(asNew(message)).scope_hash)
    .filter(hash => hash !== null);
  await inChunks(hashes, async chunk => {
    for (const hash of await tx('herald_message')
      .whereIn('scope_hash', chunk)
      .pluck('scope_hash')) {
      taken.add(hash);
    }
  });
  return taken;
}
