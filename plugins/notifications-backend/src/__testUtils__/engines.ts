import { TestDatabases } from '@backstage/backend-test-utils';

/** Every engine on which the stores and the plugin are tested. Called once a test file, outside of its tests. */
export function testEngines() {
  return TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });
}
