import eventsBackend from '@backstage/plugin-events-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { servePortal } from '@herald/test-utils';
import plugin from '../index';
import { people } from './people';

// A portal in a process of its own, which a test can kill: the plugin, and the host's real events.

servePortal([
  plugin,
  eventsBackend,
  eventsServiceFactory,
  catalogServiceMock.factory({ entities: people }),
]);
