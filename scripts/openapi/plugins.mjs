import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The plugins with an API, in the order in which they stand in openapi.yaml. */
export const plugins = [
  {
    id: 'notifications',
    title: 'Herald notifications',
    backend: 'plugins/notifications-backend',
    operations: Object.values(
      require('../../plugins/notifications-common/src/index.ts')
        .notificationsOperations,
    ),
  },
  {
    id: 'manual-publish',
    title: 'Herald manual publishing',
    backend: 'plugins/manual-publish-backend',
    operations: Object.values(
      require('../../plugins/manual-publish-common/src/index.ts')
        .manualPublishOperations,
    ),
  },
];
