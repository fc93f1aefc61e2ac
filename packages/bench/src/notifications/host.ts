import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { BackendFeature } from '@backstage/backend-plugin-api';
import { PortalGreeting } from '../harness/portal';
import { indexedCatalog } from './catalog';
import { catalogEntities } from './organisation';
import { HostSettings } from './system';

// The process of one portal: a Backstage backend with one of the two plugins, on a database of its own. It ends with its parent.

async function pluginOf(
  system: HostSettings['system'],
): Promise<BackendFeature[]> {
  if (system === 'herald') {
    return [
      (await import('@herald/backstage-plugin-notifications-backend')).default,
    ];
  }
  return [
    (await import('@backstage/plugin-notifications-backend')).default,
    (await import('@backstage/plugin-signals-backend')).default,
  ];
}

async function host({ system, config }: HostSettings): Promise<PortalGreeting> {
  try {
    const { server } = await startTestBackend({
      features: [
        ...(await pluginOf(system)),
        indexedCatalog(catalogEntities()),
        mockServices.rootConfig.factory({ data: config }),
      ],
    });
    return { port: server.port() };
  } catch (error) {
    return { failure: String(error instanceof Error ? error.stack : error) };
  }
}

process.once('disconnect', () => process.exit(0));
process.once('message', async (settings: HostSettings) => {
  process.send?.(await host(settings));
});
