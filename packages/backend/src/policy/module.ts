import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { ExamplePolicy } from './ExamplePolicy';

/** Makes `ExamplePolicy` the policy of this portal. */
export const examplePolicyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'herald-example-policy',
  register(reg) {
    reg.registerInit({
      deps: {
        policy: policyExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ policy, config }) {
        policy.setPolicy(ExamplePolicy.fromConfig(config));
      },
    });
  },
});
