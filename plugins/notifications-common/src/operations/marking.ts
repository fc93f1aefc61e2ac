import type { Operation } from '@herald/api-contract';
import { z } from 'zod';
import {
  markAllReadQuerySchema,
  updateArchivedQuerySchema,
  updateReadQuerySchema,
  updateSavedQuerySchema,
} from '../schemas/query';
import { READER_REFUSALS, MARK_REFUSALS } from './refusals';

/** What a user says of many messages. */
export const markingOperations = {
  updateRead: {
    id: 'updateRead',
    method: 'put',
    path: '/notifications/read',
    summary: 'Mark my messages as read or unread',
    callers: ['user'],
    permission: 'notifications.update.read',
    query: updateReadQuerySchema,
    success: {
      status: 200,
      description: 'All of them are marked. The body is empty.',
    },
    refusals: MARK_REFUSALS,
  },
  updateArchived: {
    id: 'updateArchived',
    method: 'put',
    path: '/notifications/archived',
    summary: 'Put my messages away, or take them back',
    callers: ['user'],
    permission: 'notifications.update.read',
    query: updateArchivedQuerySchema,
    success: {
      status: 200,
      description: 'All of them are marked. The body is empty.',
    },
    refusals: MARK_REFUSALS,
  },
  updateSaved: {
    id: 'updateSaved',
    method: 'put',
    path: '/notifications/saved',
    summary: 'Keep my messages, or keep them no more',
    callers: ['user'],
    permission: 'notifications.update.read',
    query: updateSavedQuerySchema,
    success: {
      status: 200,
      description: 'All of them are marked. The body is empty.',
    },
    refusals: MARK_REFUSALS,
  },
  markAllRead: {
    id: 'markAllRead',
    method: 'put',
    path: '/notifications/read/all',
    summary: 'Mark all that match as read',
    callers: ['user'],
    permission: 'notifications.update.read',
    query: markAllReadQuerySchema,
    success: {
      status: 200,
      description: 'All of them are read. The body is empty.',
    },
    refusals: MARK_REFUSALS,
  },
  clear: {
    id: 'clearNotifications',
    method: 'post',
    path: '/notifications/clear',
    summary: 'Put all my messages away',
    description: "Mine only; nobody else's are touched.",
    callers: ['user'],
    permission: 'notifications.update.read',
    query: z.strictObject({}),
    success: {
      status: 200,
      description: 'All of them are archived. The body is empty.',
    },
    refusals: READER_REFUSALS,
  },
} as const satisfies Record<string, Operation>;
