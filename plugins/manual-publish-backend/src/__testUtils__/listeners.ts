import {
  BackendFeature,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
// Who is told over: the real plugin.
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import notifications from '@herald/backstage-plugin-notifications-backend';

const people = ['guest', 'ada'].map(name => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default' },
  spec: {},
}));

export type Told = { type: string; jobId: string; status: string };

/** All who are told of jobs: people by the notifications, and another plugin, which writes it down in `told`. */
export function listeners(told: Told[]): BackendFeature[] {
  return [
    notifications,
    // The one of the test backend is another for each plugin.
    eventsServiceFactory,
    listener(told),
    catalogServiceMock.factory({ entities: people }),
  ];
}

function listener(told: Told[]): BackendFeature {
  return createBackendPlugin({
    pluginId: 'listener',
    register(env) {
      env.registerInit({
        deps: { events: eventsServiceRef },
        async init({ events }) {
          await events.subscribe({
            id: 'listener',
            topics: ['herald.manual-publish'],
            onEvent: async ({ eventPayload }) => {
              told.push(eventPayload as Told);
            },
          });
        },
      });
    },
  });
}
