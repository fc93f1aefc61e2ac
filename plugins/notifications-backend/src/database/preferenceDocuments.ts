import { Knex } from 'knex';
import { appendToFeed } from './engine';

const TABLE = 'herald_preference';

/** What is stored for each of these refs. */
export async function preferenceDocuments(
  knex: Knex,
  userRefs: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  const rows = await knex(TABLE)
    .whereIn('user_ref', userRefs)
    .select('user_ref', 'document');
  return new Map(rows.map(row => [row.user_ref, JSON.parse(row.document)]));
}

/** Stores a document, and tells the feed. */
export async function setPreferenceDocument(
  knex: Knex,
  userRef: string,
  document: unknown,
  now: Date,
): Promise<void> {
  const at = now.getTime();
  const row = { document: JSON.stringify(document), updated_at: at };
  await knex.transaction(async tx => {
    await tx(TABLE)
      .insert({ user_ref: userRef, ...row })
      .onConflict('user_ref')
      .merge(row);
    await appendToFeed(tx, { kind: 'preferences', user_ref: userRef, at });
  });
}
