import { Knex } from 'knex';

const TABLE = 'herald_message_alias';

/** Keeps the id that somebody was given for a message which, when it was sent, took the place of another one. */
export async function rememberAlias(
  tx: Knex.Transaction,
  alias: string,
  messageId: string,
): Promise<void> {
  await tx(TABLE).insert({ alias, message_id: messageId });
}

/** The ids under which messages are stored, by the other ids that they have; without those that are no such ids. */
export async function aliased(
  db: Knex,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db(TABLE)
    .whereIn('alias', ids)
    .select('alias', 'message_id');
  return new Map(rows.map(row => [row.alias, row.message_id]));
}

/** The id under which a message is stored: this one, unless it is another id of a message. */
export async function storedId(db: Knex, id: string): Promise<string> {
  return (await aliased(db, [id])).get(id) ?? id;
}
