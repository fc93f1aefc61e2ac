import { z } from 'zod';
import { notificationLimits } from '../limits';
import { storableText, visibleText } from './text';
import { targetListSchema } from './targets';
import { linkSchema } from './url';

const example = {
  id: '0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11',
  actionId: '0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a12',
};

const actionTitle = visibleText(notificationLimits.actionTitleLength).meta({
  description: 'What the link says.',
  examples: ['Open the build'],
});

/** A message as a caller sends it. @public */
export const sendNotificationSchema = z
  .strictObject({
    origin: visibleText(notificationLimits.originLength).meta({
      description:
        'A label for where the message comes from. Not an identity: that is the authenticated sender.',
      examples: ['my-origin'],
    }),
    title: visibleText(notificationLimits.titleLength).meta({
      examples: ['My message title'],
    }),
    message: storableText(notificationLimits.messageLength)
      .optional()
      .meta({
        examples: ['I have nothing to say'],
      }),
    topic: storableText(notificationLimits.topicLength)
      .optional()
      .meta({
        examples: ['my topic'],
      }),
    actions: z
      .array(z.strictObject({ title: actionTitle, url: linkSchema }))
      .max(notificationLimits.actions)
      .optional()
      .meta({
        description: 'Links that the reader is offered.',
        examples: [[{ title: 'my-title', url: 'http://foo.bar' }]],
      }),
    targetUsers: targetListSchema('user').optional(),
    targetGroups: targetListSchema('group').optional(),
  })
  .meta({
    id: 'SendNotification',
    description:
      'A message for users, for groups with all their subgroups, or, without any target, for everybody (a system message).',
  });

/** @public */
export type SendNotification = z.infer<typeof sendNotificationSchema>;

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

/** @public */
export type SentNotification = z.infer<typeof sentNotificationSchema>;

/** A message as its reader sees it. @public */
export const notificationSchema = z
  .strictObject({
    id: z.uuid().meta({ examples: [example.id] }),
    created: z.iso.datetime().meta({
      description: 'When it was sent; UTC, milliseconds.',
      examples: ['2026-11-22T08:00:00.000Z'],
    }),
    readByUser: z.boolean().meta({ examples: [false] }),
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
  })
  .meta({ id: 'Notification' });

/** @public */
export type Notification = z.infer<typeof notificationSchema>;
