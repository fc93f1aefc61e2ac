import type { Operation } from '@herald/api-contract';
import { z } from 'zod';
import {
  preferenceDefaultsSchema,
  preferencesSchema,
  updatePreferencesSchema,
} from '../schemas/preferences';
import {
  READER_REFUSALS,
  SEND_REFUSALS,
  ADMINISTRATION_REFUSALS,
} from './refusals';

/** What people want to be told of. */
export const preferenceOperations = {
  getPreferences: {
    id: 'getPreferences',
    method: 'get',
    path: '/preferences',
    summary: 'What I want to be told of',
    callers: ['user'],
    permission: 'notifications.list',
    query: z.strictObject({}),
    success: {
      status: 200,
      description: 'My rules, the defaults, and what there is to choose from.',
      body: preferencesSchema,
    },
    refusals: READER_REFUSALS,
  },
  updatePreferences: {
    id: 'updatePreferences',
    method: 'put',
    path: '/preferences',
    summary: 'Say what I want to be told of',
    description:
      'Replaces all of my rules. What is muted on the channel `web` is not listed, counted or streamed; it comes back when it is unmuted.',
    callers: ['user'],
    permission: 'notifications.update.read',
    query: z.strictObject({}),
    body: updatePreferencesSchema,
    success: {
      status: 200,
      description: 'My preferences as they are now.',
      body: preferencesSchema,
    },
    refusals: {
      ...READER_REFUSALS,
      400: 'A rule is malformed, names a channel that does not exist, or mutes a mandatory origin; nothing was changed.',
      413: SEND_REFUSALS[413],
    },
  },
  getPreferenceDefaults: {
    id: 'getPreferenceDefaults',
    method: 'get',
    path: '/preferences/defaults',
    summary: 'What holds for who has not said otherwise',
    callers: ['user', 'service'],
    permission: 'notifications.administer',
    query: z.strictObject({}),
    success: {
      status: 200,
      description: 'The defaults.',
      body: preferenceDefaultsSchema,
    },
    refusals: ADMINISTRATION_REFUSALS,
  },
  updatePreferenceDefaults: {
    id: 'updatePreferenceDefaults',
    method: 'put',
    path: '/preferences/defaults',
    summary: 'Set what holds for who has not said otherwise',
    callers: ['user', 'service'],
    permission: 'notifications.administer',
    query: z.strictObject({}),
    body: preferenceDefaultsSchema,
    success: {
      status: 200,
      description: 'The defaults as they are now.',
      body: preferenceDefaultsSchema,
    },
    refusals: {
      ...ADMINISTRATION_REFUSALS,
      400: 'A rule is malformed or names a channel that does not exist; nothing was changed.',
      413: SEND_REFUSALS[413],
    },
  },
} as const satisfies Record<string, Operation>;
