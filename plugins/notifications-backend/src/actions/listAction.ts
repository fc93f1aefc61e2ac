import { parse } from '@herald/backend-kit';
import {
  notificationLimits,
  notificationSeverities,
  notificationsListPermission,
  recentNotificationsQuerySchema,
} from '@herald/backstage-plugin-notifications-common';
import { toRecentFilter } from '../http/filters';
import { toNotification } from '../http/toNotification';
import type { ActionsOptions } from './registerActions';

export function registerListAction({
  actionsRegistry,
  gatekeeper,
  inbox,
}: ActionsOptions): void {
  actionsRegistry.register({
    name: 'list-notifications',
    title: 'List my notifications',
    description: `The newest messages of the signed-in user, those sent to everybody among them; unread ones only, unless \`include_read\` is true.

Each has an \`id\`, by which it can be marked as read, \`origin\`, \`title\`, \`message\` (Markdown), \`severity\` (critical, high, normal, low), \`created\`, \`readByUser\`.`,
    attributes: { destructive: false, idempotent: true, readOnly: true },
    schema: {
      input: z =>
        z
          .object({
            limit: z
              .number()
              .int()
              .min(1)
              .max(notificationLimits.recentLimit)
              .default(20),
            include_read: z.boolean().default(false),
            containsText: z
              .string()
              .max(notificationLimits.searchLength)
              .optional()
              .describe('Text in the title or the message, in any case.'),
            createdAfter: z
              .union([z.string().datetime({ offset: true }), z.string().date()])
              .optional(),
            origin: z
              .array(z.string().min(1).max(notificationLimits.originLength))
              .min(1)
              .max(notificationLimits.filterValues)
              .optional(),
            topic: z
              .array(z.string().max(notificationLimits.topicLength))
              .min(1)
              .max(notificationLimits.filterValues)
              .optional(),
            severity: z
              .array(z.enum(notificationSeverities))
              .min(1)
              .max(4)
              .optional(),
          })
          .strict(),
      output: z =>
        z.object({
          notifications: z.array(
            z
              .object({
                id: z.string(),
                created: z.string(),
                origin: z.string(),
                title: z.string(),
                severity: z.enum(notificationSeverities),
                readByUser: z.boolean(),
              })
              .passthrough(),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const user = await gatekeeper.userBehind(
        credentials,
        notificationsListPermission,
      );
      const query = parse(recentNotificationsQuerySchema, input, 'parameter');
      const { messages } = await inbox.list(user, {
        ...toRecentFilter(query),
        orderBy: 'created',
        direction: 'desc',
        limit: query.limit,
        offset: 0,
      });
      return { output: { notifications: messages.map(toNotification) } };
    },
  });
}
