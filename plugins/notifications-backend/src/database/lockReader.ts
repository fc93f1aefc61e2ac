import { Knex } from 'knex';
import { isPostgres } from './engine';

/**
 * Taken by whoever changes what a reader has said, before anything else and before the lock of the feed: one at a time for each
 * reader, on all replicas. On SQLite there is one writer anyway.
 */
export async function lockReader(
  tx: Knex.Transaction,
  userRef: string,
): Promise<void> {
  if (isPostgres(tx)) {
    await tx('herald_reader')
      .where('user_ref', userRef)
      .select('user_ref')
      .forUpdate();
  }
}
