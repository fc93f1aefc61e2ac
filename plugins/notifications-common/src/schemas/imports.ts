import { z } from 'zod';

/** The plugins whose messages can be taken over. @public */
export const importSources = ['janus', 'upstream'] as const;

/** See `importSources`. @public */
export type ImportSource = (typeof importSources)[number];

const sourceSchema = z.enum(importSources).meta({
  description:
    '`janus`: the Janus notifications plugin 1.x; `upstream`: that of Backstage. Its tables are in the database of this plugin.',
  examples: ['upstream'],
});

/** From which plugin messages are taken over, or whether that is only tried. @public */
export const startImportSchema = z
  .strictObject({
    source: sourceSchema,
    dryRun: z.boolean().meta({
      description:
        'Whether only to look. It looks at 20,000 messages at the most.',
      examples: [true],
    }),
  })
  .meta({ id: 'StartImport' });

/** See `startImportSchema`. @public */
export type StartImport = z.infer<typeof startImportSchema>;

const importStateSchema = z
  .enum(['absent', 'ready', 'running', 'failed', 'done'])
  .meta({
    description:
      '`absent`: there are no such tables; `ready`: there is something to take over; `running`: it is being taken over; `failed`: it was given up, and starting it again goes on from there; `done`: all there was has been taken over.',
    examples: ['ready'],
  });

/** How far an import is, or how far it would come. @public */
export const importReportSchema = z
  .strictObject({
    source: sourceSchema,
    state: importStateSchema,
    failure: z
      .string()
      .optional()
      .meta({
        description: 'Why it was given up, where it has failed.',
        examples: ['The disk is full'],
      }),
    messages: z
      .int()
      .min(0)
      .meta({
        description: 'Messages in the tables of that plugin.',
        examples: [1200],
      }),
    looked: z
      .int()
      .min(0)
      .meta({
        description: 'How many of them were looked at.',
        examples: [1200],
      }),
    imported: z
      .int()
      .min(0)
      .meta({
        description:
          'How many of these were taken over, or would be; the others are there already, or have a problem.',
        examples: [1198],
      }),
    people: z
      .int()
      .min(0)
      .meta({
        description: 'People whose preferences were taken over, or would be.',
        examples: [40],
      }),
    problems: z
      .array(
        z.strictObject({
          problem: z.string().meta({ examples: ['link left out: not safe'] }),
          count: z.int().min(1),
          example: z.string().meta({
            description: 'The id of the first message that has it.',
            examples: ['bc9f19de-8b7b-49a8-9262-c5036a1ed35e'],
          }),
        }),
      )
      .meta({ description: 'What could not be taken over as it was.' }),
  })
  .meta({ id: 'ImportReport' });

/** See `importReportSchema`. @public */
export type ImportReport = z.infer<typeof importReportSchema>;
