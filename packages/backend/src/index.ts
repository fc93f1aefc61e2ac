import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

// The portal serves its own frontend; in development the frontend's own server stands before it.
backend.add(import('@backstage/plugin-app-backend'));

// Who somebody is. Providers without configuration stay off, so guest never reaches production by accident.
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));

// Who and what there is: users, groups and what they own.
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

// Who may do what.
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./policy'));

// What people set in the portal is kept with them, and told to their other tabs.
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-signals-backend'));

backend.add(import('@backstage/plugin-events-backend'));

backend.add(import('@herald/backstage-plugin-notifications-backend'));
backend.add(import('@herald/backstage-plugin-manual-publish-backend'));

backend.start();
