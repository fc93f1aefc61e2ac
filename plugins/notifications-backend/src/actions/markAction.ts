import { parse } from '@herald/backend-kit';
import {
  notificationLimits,
  notificationsUpdateReadPermission,
  updateReadQuerySchema,
} from '@herald/backstage-plugin-notifications-common';
import type { ActionsOptions } from './registerActions';

export function registerMarkAction({
  actionsRegistry,
  gatekeeper,
  inbox,
}: ActionsOptions): void {
  actionsRegistry.register({
    name: 'mark-notifications-read',
    title: 'Mark my notifications as read',
    description:
      'Marks messages of the signed-in user as read, or, with `read: false`, as unread: all of them, or none where one is not theirs.',
    attributes: { destructive: false, idempotent: true, readOnly: false },
    schema: {
      input: z =>
        z
          .object({
            messageId: z
              .array(z.string().uuid())
              .min(1)
              .max(notificationLimits.messageIdsPerUpdate),
            read: z.boolean(),
          })
          .strict(),
      output: z => z.object({ marked: z.number().int() }),
    },
    action: async ({ input, credentials }) => {
      const user = await gatekeeper.userBehind(
        credentials,
        notificationsUpdateReadPermission,
      );
      const { messageId, read } = parse(
        updateReadQuerySchema,
        input,
        'parameter',
      );
      await inbox.mark(user, messageId, { kind: 'read', value: read });
      return { output: { marked: new Set(messageId).size } };
    },
  });
}
