import { Knex } from 'knex';
import { setTimeout as delay } from 'node:timers/promises';
import { isPostgres } from './engine';

/** Of PostgreSQL: what a transaction fails with that would succeed if it began again. */
const WORTH_REPEATING = new Set([
  // A lock that was not to be waited for.
  '55P03',
  // A deadlock.
  '40P01',
  // What it refers to has gone since it looked.
  '23503',
]);
const ATTEMPTS = 100;
const LONGEST_PAUSE_MS = 40;

/** A transaction that begins again where others were in its way. */
export async function inTransaction<T>(
  knex: Knex,
  work: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return repeated(() => knex.transaction(work));
}

/** What does all or nothing, and begins again where others were in its way. */
export async function repeated<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (!WORTH_REPEATING.has(String(code)) || attempt === ATTEMPTS) {
        throw error;
      }
      await delay(Math.random() * Math.min(LONGEST_PAUSE_MS, 5 * attempt));
    }
  }
}

/** Whether a statement failed for what was in it: PostgreSQL's classes 22 and 23, SQLite's constraints. */
export function isAboutData(error: unknown): boolean {
  return /^(2[23]|SQLITE_(CONSTRAINT|MISMATCH|TOOBIG))/.test(
    String((error as { code?: unknown }).code),
  );
}

/**
 * Locks messages that are to be deleted, or fails at once (55P03) where somebody is marking one. Those wait for the lock of the feed,
 * which this transaction has: to wait for them would be a deadlock.
 */
export async function lockToDelete(
  tx: Knex.Transaction,
  messages: Knex.QueryBuilder,
): Promise<void> {
  if (isPostgres(tx)) {
    await messages.clone().select('id').forUpdate().noWait();
  }
}
