/**
 * The packages of Backstage that the backend of Red Hat Developer Hub has, of those that plugins build on: the exporter leaves every
 * package of Backstage out of an archive, and what is not here would be missed. As of RHDH's main branch on Backstage 1.52, August 2026.
 */
export const RHDH_HOST_PROVIDES = new Set([
  '@backstage/backend-app-api',
  '@backstage/backend-defaults',
  '@backstage/backend-openapi-utils',
  '@backstage/backend-plugin-api',
  '@backstage/catalog-client',
  '@backstage/catalog-model',
  '@backstage/cli-common',
  '@backstage/config',
  '@backstage/config-loader',
  '@backstage/errors',
  '@backstage/filter-predicates',
  '@backstage/integration',
  '@backstage/plugin-auth-node',
  '@backstage/plugin-catalog-common',
  '@backstage/plugin-catalog-node',
  '@backstage/plugin-events-node',
  '@backstage/plugin-permission-common',
  '@backstage/plugin-permission-node',
  '@backstage/plugin-scaffolder-common',
  '@backstage/plugin-scaffolder-node',
  '@backstage/plugin-search-backend-node',
  '@backstage/plugin-search-common',
  '@backstage/plugin-signals-node',
  '@backstage/types',
]);
