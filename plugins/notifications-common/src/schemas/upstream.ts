import { storableText, visibleText } from '@herald/api-contract';
import { z } from 'zod';
import { notificationLimits } from '../limits';
import { severitySchema, topicSchema } from './message';
import { metadataSchema } from './metadata';
import { linkSchema } from './url';

// Any text: a ref without a namespace is one there, and what is none is left out.
const ref = storableText(notificationLimits.entityRefLength);
const refs = z.union([
  ref,
  z.array(ref).max(notificationLimits.targetsPerList),
]);

/**
 * A message as the senders of Backstage's own notifications plugin write it.
 *
 * @public
 */
export const upstreamSendSchema = z
  // Not strict: what a later version of Backstage adds is not for us to refuse.
  .object({
    recipients: z.discriminatedUnion('type', [
      z.object({ type: z.literal('broadcast') }),
      z.object({
        type: z.literal('entity'),
        entityRef: refs.meta({ examples: ['user:default/guest'] }),
        excludeEntityRef: refs.optional(),
      }),
    ]),
    payload: z.object({
      title: visibleText(notificationLimits.titleLength),
      description: storableText(notificationLimits.messageLength).optional(),
      link: linkSchema.optional(),
      severity: severitySchema.optional(),
      topic: topicSchema.optional(),
      scope: visibleText(notificationLimits.scopeLength).optional(),
      icon: visibleText(notificationLimits.iconLength).optional(),
      metadata: metadataSchema.optional(),
    }),
  })
  .meta({
    id: 'UpstreamSendNotification',
    description:
      "The body of Backstage's own notification service: its senders work unchanged.",
  });

/** See `upstreamSendSchema`. @public */
export type UpstreamSendNotification = z.infer<typeof upstreamSendSchema>;

/** What Backstage's own API answers to a sender: a message for each recipient. @public */
export const upstreamSentSchema = z
  .array(
    z.strictObject({
      id: z.uuid(),
      user: z
        .string()
        .nullable()
        .meta({
          description:
            'The recipient ref as it was sent, group or user; null for everybody.',
          examples: ['user:default/guest'],
        }),
      created: z.iso.datetime(),
      origin: z.string().meta({ description: 'The subject of the sender.' }),
      payload: upstreamSendSchema.shape.payload,
    }),
  )
  .meta({ id: 'UpstreamSentNotifications' });

/** See `upstreamSentSchema`. @public */
export type UpstreamSentNotifications = z.infer<typeof upstreamSentSchema>;
