import type { Operation } from '@herald/api-contract';
import { z } from 'zod';
import {
  correctNotificationSchema,
  notificationContentSchema,
  notificationSchema,
} from '../schemas/message';
import { messageIdPathSchema } from '../schemas/query';
import {
  REFUSALS,
  READER_REFUSALS,
  MARK_REFUSALS,
  SEND_REFUSALS,
} from './refusals';

/** One message. */
export const messageOperations = {
  get: {
    id: 'getNotification',
    method: 'get',
    path: '/notifications/:id',
    summary: 'One of my messages',
    callers: ['user'],
    permission: 'notifications.list',
    pathParams: messageIdPathSchema,
    query: z.strictObject({}),
    success: {
      status: 200,
      description: 'The message.',
      body: notificationSchema,
    },
    refusals: {
      ...READER_REFUSALS,
      404: 'The user is not in the catalog, or no message of theirs has this id.',
    },
  },
  readOne: {
    id: 'readNotification',
    method: 'post',
    path: '/notifications/:id/read',
    summary: 'Mark one of my messages as read',
    callers: ['user'],
    permission: 'notifications.update.read',
    pathParams: messageIdPathSchema,
    query: z.strictObject({}),
    success: {
      status: 200,
      description: 'It is read. The body is empty.',
    },
    refusals: MARK_REFUSALS,
  },
  correct: {
    id: 'correctNotification',
    method: 'patch',
    path: '/notifications/:id',
    summary: 'Correct a message that was sent',
    description:
      'For its sender, or somebody with `notifications.administer`. Who has read it has read it; it keeps its place.',
    callers: ['user', 'service'],
    permission: 'notifications.create',
    pathParams: messageIdPathSchema,
    query: z.strictObject({}),
    body: correctNotificationSchema,
    success: {
      status: 200,
      description: 'What it says now.',
      body: notificationContentSchema,
    },
    refusals: {
      400: SEND_REFUSALS[400],
      401: REFUSALS[401],
      403: 'The caller lacks the permission, or did not send it and may not administer.',
      404: 'No message has this id.',
      413: SEND_REFUSALS[413],
    },
  },
  withdraw: {
    id: 'withdrawNotification',
    method: 'delete',
    path: '/notifications/:id',
    summary: 'Withdraw a message',
    description:
      'For its sender, or somebody with `notifications.administer`. It is gone for everybody; one that waits for its `sendAt` is not sent.',
    callers: ['user', 'service'],
    permission: 'notifications.create',
    pathParams: messageIdPathSchema,
    query: z.strictObject({}),
    success: { status: 204, description: 'It is gone.' },
    refusals: {
      400: READER_REFUSALS[400],
      401: REFUSALS[401],
      403: 'The caller lacks the permission, or did not send it and may not administer.',
      404: 'No message has this id.',
    },
  },
} as const satisfies Record<string, Operation>;
