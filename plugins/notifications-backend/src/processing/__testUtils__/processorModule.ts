import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  NotificationProcessor,
  NotificationRecipientResolver,
  notificationsProcessingExtensionPoint,
} from '@backstage/plugin-notifications-node';

/** A module as somebody else writes it for upstream's backend. */
export function processorModule(
  processors: NotificationProcessor[],
  resolver?: NotificationRecipientResolver,
): BackendFeature {
  return createBackendModule({
    pluginId: 'notifications',
    moduleId: 'for-tests',
    register(env) {
      env.registerInit({
        deps: { processing: notificationsProcessingExtensionPoint },
        async init({ processing }) {
          processing.addProcessor(processors);
          if (resolver) {
            processing.setNotificationRecipientResolver(resolver);
          }
        },
      });
    },
  });
}
