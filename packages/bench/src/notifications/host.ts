import { createBackend } from '@backstage/backend-defaults';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { BackendFeature } from '@backstage/backend-plugin-api';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import { JsonObject, JsonValue } from '@backstage/types';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { serveParent } from '../harness/worker';
import { bareStreams } from './bareStreams';
import { indexedCatalog } from './catalog';
import { countDatabaseQueries } from './databaseQueries';
import { emptyRoute } from './emptyRoute';
import { catalogEntities } from './organisation';
import { countProcessed, countingProcessor } from './processor';
import { HostSettings } from './system';

// The process of one portal: a Backstage backend with one of the two plugins, on a database of its own.

const queries = countDatabaseQueries();

async function pluginOf(
  system: HostSettings['system'],
): Promise<BackendFeature[]> {
  switch (system) {
    case 'bare':
      return [bareStreams];
    case 'herald':
      return [
        (await import('@herald/backstage-plugin-notifications-backend'))
          .default,
      ];
    default:
      return [
        (await import('@backstage/plugin-notifications-backend')).default,
        (await import('@backstage/plugin-signals-backend')).default,
      ];
  }
}

/** What the test backend has in place of a real portal's: who calls is what they say, and nothing is logged. */
const TEST_SERVICES = [
  mockServices.auth.factory(),
  mockServices.httpAuth.factory(),
  mockServices.permissions.factory(),
  mockServices.rootLogger.factory(),
  mockServices.scheduler.factory(),
  mockServices.userInfo.factory(),
];

/** @returns the port on which it listens */
async function host(settings: HostSettings): Promise<number> {
  const { system, config, hasProcessor, hasRealServer } = settings;
  const features: BackendFeature[] = [
    ...(await pluginOf(system)),
    emptyRoute,
    indexedCatalog(catalogEntities()),
    // That of the test backend keeps each plugin's events to itself.
    eventsServiceFactory,
    ...(hasProcessor ? [countingProcessor] : []),
  ];
  if (!hasRealServer) {
    const { server } = await startTestBackend({
      features: [
        ...features,
        mockServices.rootConfig.factory({ data: config }),
      ],
    });
    return server.port();
  }
  const port = await freePort();
  const listening = {
    ...(config.backend as JsonObject),
    baseUrl: `http://127.0.0.1:${port}`,
    listen: { host: '127.0.0.1', port },
  };
  const backend = createBackend();
  for (const feature of [
    ...features,
    ...TEST_SERVICES,
    mockServices.rootConfig.factory({
      data: { ...config, backend: listening },
    }),
  ]) {
    backend.add(feature);
  }
  await backend.start();
  return port;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('There is no free port');
  }
  return address.port;
}

/** What the process holds when it holds nothing that it could do without. */
async function memory(): Promise<number> {
  for (let time = 0; time < 4; time++) {
    globalThis.gc?.();
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return process.memoryUsage.rss();
}

const answers: Record<string, () => JsonValue | Promise<JsonValue>> = {
  'bytes of memory': memory,
  'database queries': queries,
  processed: countProcessed,
};

serveParent(async settings => ({
  greeting: { port: await host(settings as HostSettings) },
  answer: async ({ how }) => answers[String(how)](),
}));
