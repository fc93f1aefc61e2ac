import { auditRefusal, parse } from '@herald/backend-kit';
import {
  notificationLimits,
  notificationSeverities,
  notificationsCreatePermission,
  sendNotificationHeadersSchema,
  sendNotificationSchema,
} from '@herald/backstage-plugin-notifications-common';
import { broadcasting } from '../http/broadcasting';
import { MessageSender } from '../messages/MessageSender';
import type { ActionsOptions } from './registerActions';

export function registerSendAction(options: ActionsOptions): void {
  const { actionsRegistry, auditor, gatekeeper, sender } = options;
  actionsRegistry.register({
    name: 'send-notification',
    title: 'Send a notification',
    description: `Sends a message in the portal to users, to groups (with all subgroups), to the owners of entities, or, where no target is named, to everybody.

Name people as \`user:default/name\`, groups as \`group:default/name\`. The message may be Markdown. Give an \`idempotencyKey\` where the call may be repeated: the same key with the same message sends once.`,
    attributes: { destructive: false, idempotent: false, readOnly: false },
    schema: {
      input: z => {
        // Anew each time: what is the same object becomes a reference, which not every client follows.
        const refs = () =>
          z
            .array(z.string().max(notificationLimits.entityRefLength))
            .max(notificationLimits.targetsPerList)
            .optional();
        const link = () => z.string().min(1).max(notificationLimits.urlLength);
        return (
          z
            .object({
              origin: z
                .string()
                .min(1)
                .max(notificationLimits.originLength)
                .describe('A label for where the message comes from.'),
              title: z.string().min(1).max(notificationLimits.titleLength),
              message: z
                .string()
                .max(notificationLimits.messageLength)
                .optional()
                .describe('Markdown.'),
              topic: z.string().max(notificationLimits.topicLength).optional(),
              severity: z.enum(notificationSeverities).optional(),
              link: link()
                .optional()
                .describe('http, https, or a path within the portal.'),
              actions: z
                .array(
                  z
                    .object({
                      title: z
                        .string()
                        .min(1)
                        .max(notificationLimits.actionTitleLength),
                      url: link(),
                    })
                    .strict(),
                )
                .max(notificationLimits.actions)
                .optional(),
              targetUsers: refs().describe(
                '`namespace/name` or full refs of users.',
              ),
              targetGroups: refs().describe(
                '`namespace/name` or full refs of groups.',
              ),
              targetEntities: refs().describe(
                'Full refs of anything in the catalog: its owners get the message.',
              ),
              excludedEntities: refs().describe(
                'Full refs of who does not get it.',
              ),
              scope: z
                .string()
                .min(1)
                .max(notificationLimits.scopeLength)
                .optional()
                .describe(
                  'What it is about: a later message of the same scope takes the place of this one.',
                ),
              idempotencyKey: z
                .string()
                .min(1)
                .max(notificationLimits.idempotencyKeyLength)
                .optional(),
            })
            // A misspelt target must not make it a message to everybody.
            .strict()
        );
      },
      output: z => z.object({ messageId: z.string() }),
    },
    action: async ({ input, credentials }) => {
      const from = await gatekeeper
        .principalBehind(credentials, notificationsCreatePermission)
        .catch(refusal =>
          auditRefusal(
            auditor,
            { eventId: 'send', severityLevel: 'medium' },
            refusal,
          ),
        );
      const { idempotencyKey, ...body } = input;
      const notification = parse(sendNotificationSchema, body, 'body');
      const { 'idempotency-key': key } = parse(
        sendNotificationHeadersSchema,
        { 'idempotency-key': idempotencyKey },
        'header',
      );
      const deliver = () => sender.send(from.principal, notification, key);
      return {
        output: MessageSender.isBroadcast(notification)
          ? await broadcasting(
              options,
              undefined,
              from,
              notification.origin,
              deliver,
            )
          : await deliver(),
      };
    },
  });
}
