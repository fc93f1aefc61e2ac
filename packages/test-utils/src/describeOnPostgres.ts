import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';

/** For what only PostgreSQL has. Left out where a developer has none; where a change is judged, `testEngines` has thrown by then. */
export function describeOnPostgres(
  databases: TestDatabases,
  name: string,
  tests: (engine: TestDatabaseId) => void,
): void {
  const engine = 'POSTGRES_17';
  (databases.supports(engine) ? describe : describe.skip)(
    `${name} on PostgreSQL`,
    () => tests(engine),
  );
}
