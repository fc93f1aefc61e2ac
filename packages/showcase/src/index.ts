import { createBackend } from '@backstage/backend-defaults';
import { dynamicPluginsFeatureLoader } from '@backstage/backend-dynamic-feature-service';
import { prepareDynamicPlugins } from './prepareDynamicPlugins';

async function main(): Promise<void> {
  await prepareDynamicPlugins();
  const backend = createBackend();

  // Who and what there is, who may do what, what people set, and the page itself.
  backend.add(import('@backstage/plugin-app-backend'));
  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(import('./policy'));
  backend.add(import('@backstage/plugin-user-settings-backend'));
  backend.add(import('@backstage/plugin-signals-backend'));
  backend.add(import('@backstage/plugin-events-backend'));

  // Everything else is what somebody extracted.
  backend.add(dynamicPluginsFeatureLoader());

  await backend.start();
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
