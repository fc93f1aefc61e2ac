import { createPermission } from '@backstage/plugin-permission-common';

/** What a publish permission is about: a solution. @public */
export const RESOURCE_TYPE_SOLUTION = 'manual-publish-solution';

/** See solutions, manuals and jobs. @public */
export const manualPublishReadPermission = createPermission({
  name: 'manual-publish.read',
  attributes: { action: 'read' },
});

/** Publish manuals of a solution, and cancel and retry one's own jobs. @public */
export const manualPublishPublishPermission = createPermission({
  name: 'manual-publish.publish',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_SOLUTION,
});

/** Cancel jobs of others, and retry those whose solution one may publish. @public */
export const manualPublishCancelPermission = createPermission({
  name: 'manual-publish.cancel',
  attributes: { action: 'update' },
});

/** See work that was given up, drive it again or discard it; read the token of Notion's webhook. @public */
export const manualPublishAdministerPermission = createPermission({
  name: 'manual-publish.administer',
  attributes: { action: 'update' },
});

/** Every permission of the plugin, as it is registered with the permission framework. @public */
export const manualPublishPermissions = [
  manualPublishReadPermission,
  manualPublishPublishPermission,
  manualPublishCancelPermission,
  manualPublishAdministerPermission,
];
