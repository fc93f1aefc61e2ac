import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { createRequire } from 'node:module';

type Query = (...args: unknown[]) => unknown;

/**
 * Counts what this process asks PostgreSQL from now on, transactions' own statements too. `pg_stat_statements` would have to be
 * preloaded by the server.
 *
 * @returns how many there were so far
 */
export function countDatabaseQueries(): () => number {
  let count = 0;
  // The driver comes without types.
  const require = createRequire(
    resolvePackagePath('@herald/bench', 'package.json'),
  );
  const { prototype }: { prototype: { query: Query } } = require('pg').Client;
  const { query } = prototype;
  prototype.query = function counted(this: unknown, ...args: unknown[]) {
    count += 1;
    return query.apply(this, args);
  };
  return () => count;
}
