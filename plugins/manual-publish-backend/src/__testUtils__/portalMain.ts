import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import plugin from '../index';

// A portal in a process of its own, which a test can kill.

process.once('disconnect', () => process.exit(0));
process.once('message', async (config: JsonObject) => {
  const { server } = await startTestBackend({
    features: [plugin, mockServices.rootConfig.factory({ data: config })],
  });
  process.send?.({ port: server.port() });
});
