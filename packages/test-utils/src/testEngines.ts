import { TestDatabases } from '@backstage/backend-test-utils';

/** Every engine on which the stores and the plugin are tested. Called once a test file, outside of its tests. */
export function testEngines() {
  // Real databases on a busy machine take their time; a test that hangs is still ended.
  jest.setTimeout(60_000);
  return TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });
}
