import type { Operation } from '@herald/api-contract';
import { z } from 'zod';
import {
  sendNotificationSchema,
  sentNotificationSchema,
} from '../schemas/message';
import { upstreamSendSchema, upstreamSentSchema } from '../schemas/upstream';
import { notificationLimits } from '../limits';
import { SEND_REFUSALS } from './refusals';

/** By which key a repeated request is known. @public */
export const sendNotificationHeadersSchema = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(notificationLimits.idempotencyKeyLength)
    .regex(/^[\x21-\x7e]+$/, { error: 'must be visible ASCII characters' })
    .optional()
    .meta({
      description:
        'Chosen by the sender. A repeated request with the same key answers as the first did and sends nothing; kept for 24 hours per sender.',
      examples: ['build-4711-finished'],
    }),
});

/** Sending. */
export const sendingOperations = {
  send: {
    id: 'sendNotification',
    method: 'post',
    path: '/notifications',
    summary: 'Send a message',
    description:
      "To users, to groups (whoever is a member when reading, through subgroups), to owners of entities, or to everybody where no target is named. The body of Backstage's own notification service is taken, too, and answered as there.",
    callers: ['user', 'service', 'secret'],
    permission: 'notifications.create',
    query: z.strictObject({}),
    headers: sendNotificationHeadersSchema,
    body: z.union([sendNotificationSchema, upstreamSendSchema]),
    success: {
      status: 200,
      description: 'The message is stored.',
      body: z.union([sentNotificationSchema, upstreamSentSchema]),
    },
    refusals: {
      ...SEND_REFUSALS,
      404: 'A target is not in the catalog; nothing was stored.',
      409: 'The Idempotency-Key was used before, with another body.',
    },
  },
  sendAsUpstream: {
    id: 'sendAsUpstream',
    method: 'post',
    path: '/',
    summary: "Send as Backstage's own notification service does",
    description:
      'Recipients that are not in the catalog are left out and named in the log, as there.',
    callers: ['user', 'service'],
    permission: 'notifications.create',
    query: z.strictObject({}),
    headers: sendNotificationHeadersSchema,
    body: upstreamSendSchema,
    success: {
      status: 200,
      description: 'The message is stored; one entry for each recipient ref.',
      body: upstreamSentSchema,
    },
    refusals: {
      ...SEND_REFUSALS,
      409: 'The Idempotency-Key was used before, with another body.',
    },
  },
} as const satisfies Record<string, Operation>;
