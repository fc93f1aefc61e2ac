import { createBackendModule } from '@backstage/backend-plugin-api';
import { notificationsProcessingExtensionPoint } from '@backstage/plugin-notifications-node';

let processed = 0;

/** For how many recipients it was called, in this process. */
export function countProcessed(): number {
  return processed;
}

/** A processor as the email and Slack modules are, but it takes no time: what is left is what handing it over costs. */
export const countingProcessor = createBackendModule({
  pluginId: 'notifications',
  moduleId: 'bench-processor',
  register(env) {
    env.registerInit({
      deps: { processing: notificationsProcessingExtensionPoint },
      async init({ processing }) {
        processing.addProcessor({
          getName: () => 'Bench',
          postProcess: async () => {
            processed += 1;
          },
        });
      },
    });
  },
});
