import { deadWorkOperations, type Operation } from '@herald/api-contract';
import { z } from 'zod';
import { importReportSchema, startImportSchema } from '../schemas/imports';
import { eraseQuerySchema, erasedSchema } from '../schemas/preferences';
import { deadWorkSchema } from '../schemas/work';
import { SEND_REFUSALS, ADMINISTRATION_REFUSALS } from './refusals';

/** What only administrators may do. */
export const administrationOperations = {
  erase: {
    id: 'erasePerson',
    method: 'delete',
    path: '/people',
    summary: "Erase a person's data",
    description:
      'What was sent to them alone, what is remembered of their reading, their preferences; what they sent to others loses their name. Cannot be undone.',
    callers: ['user', 'service'],
    permission: 'notifications.administer',
    query: eraseQuerySchema,
    success: {
      status: 200,
      description: 'What was erased.',
      body: erasedSchema,
    },
    refusals: ADMINISTRATION_REFUSALS,
  },
  listImports: {
    id: 'listImports',
    method: 'get',
    path: '/imports',
    summary: 'How far imports are',
    callers: ['user', 'service'],
    permission: 'notifications.administer',
    query: z.strictObject({}),
    success: {
      status: 200,
      description: 'One report for each plugin that can be imported from.',
      body: z.array(importReportSchema),
    },
    refusals: ADMINISTRATION_REFUSALS,
  },
  startImport: {
    id: 'startImport',
    method: 'post',
    path: '/imports',
    summary: 'Take over the messages of another notifications plugin',
    description:
      'From its tables in the database of this one, which are only read: messages, read and saved states, preferences. It runs in the background; what is there already is left as it is, so that another run takes over only what has come since.',
    callers: ['user', 'service'],
    permission: 'notifications.administer',
    query: z.strictObject({}),
    body: startImportSchema,
    success: {
      status: 200,
      description: 'What would be taken over, or that it has begun.',
      body: importReportSchema,
    },
    refusals: {
      ...ADMINISTRATION_REFUSALS,
      404: 'The database of this plugin has no such tables.',
      413: SEND_REFUSALS[413],
    },
  },
  ...deadWorkOperations({
    ids: {
      list: 'listDeadWork',
      redrive: 'redriveWork',
      discard: 'discardWork',
    },
    permission: 'notifications.administer',
    description:
      'Such as mails that could not be sent, the oldest first. It is kept until it is driven again or discarded.',
    item: deadWorkSchema,
    refusals: ADMINISTRATION_REFUSALS,
    tooLarge: SEND_REFUSALS[413],
  }),
} as const satisfies Record<string, Operation>;
