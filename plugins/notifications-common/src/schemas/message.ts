import { storableText, visibleText } from '@herald/api-contract';
import { z } from 'zod';
import { notificationLimits } from '../limits';
import { metadataSchema } from './metadata';
import { momentSchema } from './moment';
import { entityListSchema, targetListSchema } from './targets';
import { linkSchema } from './url';

const example = {
  id: '0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11',
  actionId: '0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a12',
};

/** Labels, by which messages are muted: what does not show cannot tell one from another. */
const withoutControls = [
  (text: string) => !/\p{Cc}/u.test(text),
  {
    error: 'must not contain control characters',
    params: { problem: 'unstorable' },
  },
] as const;

const actionTitle = visibleText(notificationLimits.actionTitleLength).meta({
  description: 'What the link says.',
  examples: ['Open the build'],
});

/** From the most to the least severe. @public */
export const notificationSeverities = [
  'critical',
  'high',
  'normal',
  'low',
] as const;

/** See `notificationSeverities`. @public */
export type NotificationSeverity = (typeof notificationSeverities)[number];

/** What became of that of which a message tells. @public */
export const notificationTypes = [
  'success',
  'error',
  'info',
  'processing',
] as const;

/** See `notificationTypes`. @public */
export type NotificationType = (typeof notificationTypes)[number];

/** How much a message matters. @public */
export const severitySchema = z
  .enum(notificationSeverities)
  .meta({ examples: ['normal'] });

/** What became of that of which a message tells, by its name. @public */
export const typeSchema = z.enum(notificationTypes).meta({
  description: 'What became of that of which the message tells.',
  examples: ['success'],
});

/** What a message comes from, in the words of whoever sent it; a label, not a proof. @public */
export const originSchema = visibleText(notificationLimits.originLength)
  .refine(...withoutControls)
  .meta({
    description:
      'A label for where the message comes from. Not an identity: that is the authenticated sender.',
    examples: ['my-origin'],
  });

/** What a message is about, within its origin; preferences go by it. @public */
export const topicSchema = storableText(notificationLimits.topicLength)
  .refine(...withoutControls)
  .meta({ examples: ['my topic'] });

/** What a message says, and what can be corrected after it was sent. */
const content = {
  title: visibleText(notificationLimits.titleLength).meta({
    examples: ['My message title'],
  }),
  message: storableText(notificationLimits.messageLength)
    .optional()
    .meta({
      description: 'Text, shown as Markdown without HTML and images.',
      examples: ['I have nothing to say'],
    }),
  actions: z
    .array(z.strictObject({ title: actionTitle, url: linkSchema }))
    .max(notificationLimits.actions)
    .optional()
    .meta({
      description: 'Links that the reader is offered.',
      examples: [[{ title: 'my-title', url: 'http://foo.bar' }]],
    }),
  link: linkSchema.optional(),
  icon: visibleText(notificationLimits.iconLength)
    .optional()
    .meta({
      description: 'The id of an icon that the portal knows.',
      examples: ['kind:api'],
    }),
  severity: severitySchema.optional().meta({
    description: '`normal` where it is left out.',
  }),
  type: typeSchema.optional(),
  solution: visibleText(notificationLimits.solutionLength)
    .optional()
    .meta({
      description: 'The solution whose manual the message is about.',
      examples: ['ZCP'],
    }),
  document_title: visibleText(notificationLimits.documentTitleLength)
    .optional()
    .meta({ examples: ['Getting started'] }),
  metadata: metadataSchema.optional(),
  expiresAt: momentSchema.optional().meta({
    description: 'From this moment on nobody sees the message any more.',
  }),
};

/** A message as a caller sends it. @public */
export const sendNotificationSchema = z
  .strictObject({
    origin: originSchema,
    topic: topicSchema.optional(),
    ...content,
    targetUsers: targetListSchema('user').optional(),
    targetGroups: targetListSchema('group').optional(),
    targetEntities: entityListSchema(
      'Full entity refs of anything in the catalog: users and groups as they are, of all else its owners at the time of sending.',
      'component:default/wallet',
    ).optional(),
    excludedEntities: entityListSchema(
      'Who does not get it, although a target or everybody would reach them: users, members of groups, owners of anything else.',
      'user:default/guest',
    ).optional(),
    scope: visibleText(notificationLimits.scopeLength)
      .optional()
      .meta({
        description:
          'What the message is about. A later one of the same sender, origin, scope and audience takes the place of the earlier one: same id, new content, unread again, at the top.',
        examples: ['build-4711'],
      }),
    sendAt: momentSchema.optional().meta({
      description:
        'When to send it. Until then nobody sees it, and it can be withdrawn. A moment that is past means now.',
    }),
  })
  .meta({
    id: 'SendNotification',
    description:
      'A message for users, for groups with all their subgroups, for owners of entities, or, without any target, for everybody (a system message).',
  });

/** See `sendNotificationSchema`. @public */
export type SendNotification = z.infer<typeof sendNotificationSchema>;

/** What is to be different in a message that was sent. @public */
export const correctNotificationSchema = z
  .strictObject(
    Object.fromEntries(
      Object.entries(content).map(([name, schema]) => [
        name,
        name === 'title' || name === 'severity' || name === 'actions'
          ? schema.optional()
          : schema.nullable(),
      ]),
    ) as {
      [Name in keyof typeof content]: Name extends
        | 'title'
        | 'severity'
        | 'actions'
        ? z.ZodOptional<(typeof content)[Name]>
        : z.ZodNullable<(typeof content)[Name]>;
    },
  )
  .refine(correction => Object.keys(correction).length > 0, {
    error: 'must name at least one field',
  })
  .meta({
    id: 'CorrectNotification',
    description:
      'The fields that change; null takes one away, what is not named stays.',
  });

/** See `correctNotificationSchema`. @public */
export type CorrectNotification = z.infer<typeof correctNotificationSchema>;

/** What a sender gets back. @public */
export const sentNotificationSchema = z
  .strictObject({
    messageId: z.uuid().meta({ examples: [example.id] }),
    msgid: z.uuid().meta({
      description: 'The same id under the name that older clients read.',
      examples: [example.id],
    }),
  })
  .meta({ id: 'SentNotification' });

/** See `sentNotificationSchema`. @public */
export type SentNotification = z.infer<typeof sentNotificationSchema>;

/** What a message says to all of its readers alike. @public */
export const notificationContentSchema = z
  .strictObject({
    id: z.uuid().meta({ examples: [example.id] }),
    created: z.iso.datetime().meta({
      description: 'When it was sent first; UTC, milliseconds.',
      examples: ['2026-11-22T08:00:00.000Z'],
    }),
    updated: z.iso.datetime().optional().meta({
      description:
        'When it was sent again, by its `scope`. Lists are in order of `updated`, or else `created`.',
    }),
    corrected: z.iso.datetime().optional().meta({
      description: 'When its sender or an administrator corrected it.',
    }),
    isSystem: z.boolean().meta({
      description: 'Whether it was sent to everybody.',
      examples: [false],
    }),
    origin: z.string().meta({ examples: ['my-origin'] }),
    title: z.string().meta({ examples: ['My message title'] }),
    message: z
      .string()
      .optional()
      .meta({ examples: ['I have nothing to say'] }),
    topic: z
      .string()
      .optional()
      .meta({ examples: ['my topic'] }),
    actions: z
      .array(
        z.strictObject({
          id: z.uuid().meta({ examples: [example.actionId] }),
          title: z.string().meta({ examples: ['my-title'] }),
          url: z.string().meta({ examples: ['http://foo.bar'] }),
        }),
      )
      .meta({ description: 'In the order in which they were sent.' }),
    severity: severitySchema,
    type: typeSchema.optional(),
    solution: z.string().optional(),
    document_title: z.string().optional(),
    link: z.string().optional(),
    icon: z.string().optional(),
    metadata: z.record(z.string(), z.unknown()).optional(),
    scope: z.string().optional(),
    expiresAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'NotificationContent' });

/** See `notificationContentSchema`. @public */
export type NotificationContent = z.infer<typeof notificationContentSchema>;

/** A message as its reader sees it. @public */
export const notificationSchema = notificationContentSchema
  .extend({
    readByUser: z.boolean().meta({ examples: [false] }),
    archived: z.boolean().meta({
      description: 'Whether the user put it away; it is read then, too.',
      examples: [false],
    }),
    saved: z.boolean().meta({
      description: 'Whether the user keeps it; it is never purged then.',
      examples: [false],
    }),
  })
  .meta({ id: 'Notification' });

/** See `notificationSchema`. @public */
export type Notification = z.infer<typeof notificationSchema>;
