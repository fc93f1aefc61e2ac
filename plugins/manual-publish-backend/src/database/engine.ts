import { Knex } from 'knex';

export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/** Any constant; it only has to be ours. */
const SOLUTION_LOCK = 483_725_170;

/** Others who change jobs of this solution wait until the transaction has ended. SQLite has one writer anyway. */
export async function lockSolution(
  tx: Knex.Transaction,
  solution: string,
): Promise<void> {
  if (isPostgres(tx)) {
    await tx.raw('SELECT pg_advisory_xact_lock(?, hashtext(?))', [
      SOLUTION_LOCK,
      solution,
    ]);
  }
}

/** PostgreSQL gives 64-bit numbers as text. */
export function toDate(milliseconds: number | string): Date {
  return new Date(Number(milliseconds));
}
