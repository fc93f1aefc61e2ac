import { Knex } from 'knex';
import { NewMessage } from '../messages/Message';
import { FEED_LOCK, isPostgres, nextSeq } from './engine';
import { NewMessageRow, isPlain, toNewRow } from './messageRow';

const ROWS_PER_INSERT = 200;

/** What a later message of the same scope replaces; the rest of its row stays. */
const REPLACED_COLUMNS = [
  'seq',
  'sort_at',
  'topic',
  'title',
  'message',
  'actions',
  'severity',
  'type',
  'solution',
  'document_title',
  'link',
  'icon',
  'metadata',
  'expires_at',
  'title_folded',
  'message_folded',
] as const;

/**
 * Stores messages with their targets and their places in the feed, in the order in which they are given: all or none. Of those
 * with a scope none may have the same audience as another one of them.
 *
 * On PostgreSQL it is one statement: others who number rows wait for this one's commit, so that every round trip under the
 * lock would be theirs to wait for, too.
 *
 * @param alongside - on PostgreSQL, statements that are to be part of that one, by name
 * @returns the id of each: its own, or that of the message whose place it took
 */
export async function insertMessages(
  db: Knex,
  messages: readonly NewMessage[],
  alongside: Record<string, Knex.Raw> = {},
): Promise<string[]> {
  if (isPostgres(db)) {
    return insertInOneStatement(db, messages, alongside);
  }
  return db.transaction(async tx => {
    const ids: string[] = [];
    for (const message of messages) {
      ids.push(await insertStepByStep(tx, message));
    }
    return ids;
  });
}

/** Parsed by the server in one go, and the same text for any number of rows. What goes `alongside` is bound by its name. */
const insertSql = (alongside: readonly string[]) => `
  WITH
    locked AS MATERIALIZED (SELECT pg_advisory_xact_lock(:lock)),
    incoming AS MATERIALIZED (
      SELECT * FROM json_to_recordset(:rows::json) AS r(
        place int, id uuid, created_at bigint, sort_at bigint, sender text, is_system boolean, origin text, topic text,
        title text, message text, actions text, severity text, type text, solution text, document_title text, link text,
        icon text, metadata text, expires_at bigint, scope text, scope_hash text, title_folded text, message_folded text,
        is_plain boolean
      )
    ),
    numbered AS MATERIALIZED (
      SELECT place, nextval('herald_feed_seq') AS seq FROM locked, generate_series(1, :count::int) AS place
    ),
    stored AS (
      INSERT INTO herald_message (
        id, seq, created_at, sort_at, sender, is_system, origin, topic, title, message, actions, severity, type, solution,
        document_title, link, icon, metadata, expires_at, scope, scope_hash, title_folded, message_folded
      )
      SELECT
        id, seq, created_at, sort_at, sender, is_system, origin, topic, title, message, actions, severity, type, solution,
        document_title, link, icon, metadata, expires_at, scope, scope_hash, title_folded, message_folded
      FROM incoming JOIN numbered USING (place)
      ON CONFLICT (scope_hash) DO UPDATE SET
        updated_at = excluded.created_at, corrected_at = NULL,
        ${REPLACED_COLUMNS.map(name => `${name} = excluded.${name}`).join(', ')}
      RETURNING id, seq
    ),
    placed AS (
      SELECT numbered.place, stored.id, stored.seq, incoming.sort_at, incoming.origin, incoming.topic, incoming.expires_at,
        incoming.is_plain, incoming.created_at
      FROM stored JOIN numbered USING (seq) JOIN incoming USING (place)
    ),
    addressed AS (
      INSERT INTO herald_target (message_id, ref, seq, sort_at, origin, topic, expires_at, is_plain)
      SELECT placed.id, t.ref, placed.seq, placed.sort_at, placed.origin, placed.topic, placed.expires_at, placed.is_plain
      FROM placed JOIN json_to_recordset(:targets::json) AS t(place int, ref text) USING (place)
      ON CONFLICT (message_id, ref) DO UPDATE SET
        seq = excluded.seq, sort_at = excluded.sort_at, topic = excluded.topic, expires_at = excluded.expires_at
    ),
    left_out AS (
      INSERT INTO herald_exclusion (message_id, ref)
      SELECT placed.id, x.ref FROM placed JOIN json_to_recordset(:exclusions::json) AS x(place int, ref text) USING (place)
      ON CONFLICT DO NOTHING
    ),
    fed AS (
      INSERT INTO herald_feed (seq, kind, message_id, at)
      SELECT seq, 'message', id, created_at FROM placed
    )${alongside.map(name => `, ${name} AS (:${name})`).join('')}
  SELECT id FROM placed ORDER BY place`;

async function insertInOneStatement(
  db: Knex,
  messages: readonly NewMessage[],
  alongside: Record<string, Knex.Raw>,
): Promise<string[]> {
  const refs = (of: (message: NewMessage) => readonly string[]) =>
    JSON.stringify(
      messages.flatMap((message, index) =>
        of(message).map(ref => ({ place: index + 1, ref })),
      ),
    );
  const { rows } = await db.raw(insertSql(Object.keys(alongside)), {
    lock: FEED_LOCK,
    count: messages.length,
    rows: JSON.stringify(
      messages.map((message, index) => ({
        ...toNewRow(message),
        is_plain: isPlain(message),
        place: index + 1,
      })),
    ),
    targets: refs(message => message.targets),
    exclusions: refs(message => message.exclusions),
    ...alongside,
  });
  return rows.map(({ id }: { id: string }) => id);
}

async function insertStepByStep(
  tx: Knex.Transaction,
  message: NewMessage,
): Promise<string> {
  const row = toNewRow(message);
  const seq = await nextSeq(tx);
  const [{ id }] = await tx('herald_message')
    .insert({ ...row, seq })
    .onConflict('scope_hash')
    .merge({
      ...Object.fromEntries(
        REPLACED_COLUMNS.map(name => [
          name,
          name === 'seq' ? seq : row[name as keyof NewMessageRow],
        ]),
      ),
      updated_at: row.created_at,
      corrected_at: null,
    })
    .returning('id');
  await insertInChunks(tx, message.targets, refs =>
    tx('herald_target')
      .insert(
        refs.map(ref => ({
          message_id: id,
          ref,
          seq,
          sort_at: row.sort_at,
          origin: row.origin,
          topic: row.topic,
          expires_at: row.expires_at,
          is_plain: isPlain(message),
        })),
      )
      .onConflict(['message_id', 'ref'])
      .merge(['seq', 'sort_at', 'topic', 'expires_at']),
  );
  await insertInChunks(tx, message.exclusions, refs =>
    tx('herald_exclusion')
      .insert(refs.map(ref => ({ message_id: id, ref })))
      .onConflict(['message_id', 'ref'])
      .ignore(),
  );
  await tx('herald_feed').insert({
    seq,
    kind: 'message',
    message_id: id,
    at: row.created_at,
  });
  return id;
}

async function insertInChunks(
  tx: Knex.Transaction,
  refs: readonly string[],
  insert: (chunk: readonly string[]) => Knex.QueryBuilder,
): Promise<void> {
  for (let start = 0; start < refs.length; start += ROWS_PER_INSERT) {
    await insert(refs.slice(start, start + ROWS_PER_INSERT)).transacting(tx);
  }
}
