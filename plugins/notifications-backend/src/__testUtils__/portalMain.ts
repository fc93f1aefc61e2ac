import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import eventsBackend from '@backstage/plugin-events-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JsonObject } from '@backstage/types';
import plugin from '../index';
import { people } from './people';

// A portal in a process of its own, which a test can kill: the plugin, and the host's real events.

process.once('disconnect', () => process.exit(0));
process.once('message', async (config: JsonObject) => {
  const { server } = await startTestBackend({
    features: [
      plugin,
      eventsBackend,
      eventsServiceFactory,
      mockServices.rootConfig.factory({ data: config }),
      catalogServiceMock.factory({ entities: people }),
    ],
  });
  process.send?.({ port: server.port() });
});
