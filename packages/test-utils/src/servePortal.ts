import { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';

/** In a process of its own: a portal of these features, with the configuration that its `PortalProcess` sends. */
export function servePortal(
  features: (BackendFeature | Promise<{ default: BackendFeature }>)[],
): void {
  process.once('disconnect', () => process.exit(0));
  process.once('message', async (config: JsonObject) => {
    const { server } = await startTestBackend({
      features: [
        ...features,
        mockServices.rootConfig.factory({ data: config }),
      ],
    });
    process.send?.({ port: server.port() });
  });
}
