import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { ListedPermissionsPolicy } from './ListedPermissionsPolicy';

/** Makes `ListedPermissionsPolicy` the policy of this portal. */
export const listedPermissionsModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'showcase-listed-permissions',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint, config: coreServices.rootConfig },
      async init({ policy, config }) {
        policy.setPolicy(ListedPermissionsPolicy.fromConfig(config));
      },
    });
  },
});
