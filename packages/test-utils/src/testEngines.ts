import { TestDatabases } from '@backstage/backend-test-utils';

/**
 * Every engine on which the stores and the plugin are tested. Called once a test file, outside of its tests.
 *
 * @throws where a change is judged (`CI`) and there is no PostgreSQL: tests that need it would be left out unnoticed
 */
export function testEngines() {
  // Real databases on a busy machine take their time; a test that hangs is still ended.
  jest.setTimeout(60_000);
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });
  if (process.env.CI && !databases.supports('POSTGRES_17')) {
    throw new Error(
      'There is no PostgreSQL to test on: BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING names one, and `npm test` starts one',
    );
  }
  return databases;
}
