import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import manualPublish from '@herald/backstage-plugin-manual-publish-backend';
import { serveParent } from '../harness/worker';

// The process of a portal with the real plugin, on a database in memory.

serveParent(async config => {
  const { server } = await startTestBackend({
    features: [
      manualPublish,
      mockServices.rootConfig.factory({ data: config }),
    ],
  });
  return { greeting: { port: server.port() } };
});
