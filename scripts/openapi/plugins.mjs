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
];
