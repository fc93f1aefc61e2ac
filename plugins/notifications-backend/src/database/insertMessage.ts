import { Knex } from 'knex';
import { foldText } from '../messages/foldText';
import { EVERYBODY, NewMessage } from '../messages/Message';
import { FEED_LOCK, isPostgres, nextSeq } from './engine';

const ROWS_PER_INSERT = 200;

/**
 * Stores a message with its targets and its place in the feed.
 *
 * On PostgreSQL it is one statement: others who number rows wait for this one's commit, so that every round trip under the
 * lock would be theirs to wait for, too.
 */
export async function insertMessage(
  db: Knex,
  message: NewMessage,
): Promise<void> {
  const row = toRow(message);
  const refs = message.targets.length > 0 ? message.targets : [EVERYBODY];
  return isPostgres(db)
    ? insertInOneStatement(db, row, refs)
    : db.transaction(tx => insertStepByStep(tx, row, refs));
}

function toRow(message: NewMessage) {
  const at = message.createdAt.getTime();
  return {
    id: message.id,
    created_at: at,
    sort_at: at,
    sender: message.sender,
    is_system: message.targets.length === 0,
    origin: message.origin,
    title: message.title,
    message: message.message ?? null,
    topic: message.topic ?? null,
    actions: JSON.stringify(message.actions),
    title_folded: foldText(message.title),
    message_folded: foldText(message.message ?? ''),
  };
}

type Row = ReturnType<typeof toRow>;

async function insertInOneStatement(
  db: Knex,
  row: Row,
  refs: readonly string[],
): Promise<void> {
  await db.raw(
    `WITH
      locked AS MATERIALIZED (SELECT pg_advisory_xact_lock(:lock)),
      numbered AS MATERIALIZED (SELECT nextval('herald_feed_seq') AS seq FROM locked),
      stored AS (
        INSERT INTO herald_message (
          id, seq, created_at, sort_at, sender, is_system, origin, title, message, topic, actions, title_folded, message_folded
        )
        SELECT
          :id::uuid, seq, :created_at::bigint, :sort_at::bigint, :sender::text, :is_system::boolean, :origin::text, :title::text,
          :message::text, :topic::text, :actions::text, :title_folded::text, :message_folded::text
        FROM numbered
      ),
      addressed AS (
        INSERT INTO herald_target (message_id, ref, seq, sort_at)
        SELECT :id::uuid, ref, seq, :sort_at::bigint FROM numbered, unnest(:refs::text[]) AS ref
      )
    INSERT INTO herald_feed (seq, kind, message_id, at)
    SELECT seq, 'message', :id::uuid, :created_at::bigint FROM numbered`,
    // knex takes null for a value, which its types do not say.
    { ...row, refs: [...refs], lock: FEED_LOCK } as Record<string, Knex.Value>,
  );
}

async function insertStepByStep(
  tx: Knex.Transaction,
  row: Row,
  refs: readonly string[],
): Promise<void> {
  const seq = await nextSeq(tx);
  await tx('herald_message').insert({ ...row, seq });
  for (let start = 0; start < refs.length; start += ROWS_PER_INSERT) {
    await tx('herald_target').insert(
      refs.slice(start, start + ROWS_PER_INSERT).map(ref => ({
        message_id: row.id,
        ref,
        seq,
        sort_at: row.sort_at,
      })),
    );
  }
  await tx('herald_feed').insert({
    seq,
    kind: 'message',
    message_id: row.id,
    at: row.created_at,
  });
}
