import { z } from 'zod';
import { momentSchema, notionIdSchema, solutionNameSchema } from './text';

/** A product with manuals. @public */
export const solutionSchema = z
  .object({
    name: z.string().meta({ description: 'As the configuration spells it.' }),
    solution_type: z
      .string()
      .meta({ description: 'In lower case: the folder of the site.' }),
    root_page_id: z.string(),
  })
  .meta({
    id: 'Solution',
    description: 'A product whose manuals can be published.',
  });

/** See `solutionSchema`. @public */
export type Solution = z.infer<typeof solutionSchema>;

/** What a page needs to ask for a publication: solutions and languages. @public */
export const sidebarSchema = z
  .object({
    solutions: z.array(solutionSchema),
    source_language: z.string().meta({
      description: 'In which the manuals are written; nobody translates to it.',
    }),
    target_languages: z.array(z.string()).meta({
      description: 'Those of a request that names none.',
    }),
    available_languages: z.array(z.string()).meta({
      description: 'All that a request may name.',
    }),
    demo: z.boolean().meta({
      description:
        'Whether a stand-in answers for Notion or the repository: what is published here is not real, or is seen by nobody.',
    }),
  })
  .meta({ id: 'Sidebar' });

/** See `sidebarSchema`. @public */
export type Sidebar = z.infer<typeof sidebarSchema>;

/** A page of a manual in Notion, and when it was last published. @public */
export const manualSchema = z
  .object({
    id: z.string().meta({ description: 'The id of the page in Notion.' }),
    title: z.string(),
    is_folder: z
      .boolean()
      .meta({ description: 'Whether there are pages below it.' }),
    parent_id: z
      .string()
      .nullable()
      .meta({ description: 'Null for the topmost page of the solution.' }),
    solution: z.string(),
    url: z.string().meta({ description: 'The page in Notion.' }),
    last_edited: momentSchema,
    last_published: momentSchema
      .nullable()
      .meta({ description: 'When a job last published it; null if never.' }),
    changed: z.boolean().meta({
      description:
        'Edited since it was last published, or never published. Edits within a minute of publishing count as changes.',
    }),
  })
  .meta({ id: 'Manual', description: 'One page in Notion.' });

/** See `manualSchema`. @public */
export type Manual = z.infer<typeof manualSchema>;

/** The pages of solutions, as last read from Notion, and when that was. @public */
export const manualsSchema = z
  .object({
    manuals: z.array(manualSchema).meta({
      description: 'In the order of Notion, each page before those below it.',
    }),
    solutions: z.array(
      z.object({
        name: z.string(),
        read_at: momentSchema.nullable().meta({
          description:
            'When this tree was read from Notion; null where it never could be, or is being read for the first time.',
        }),
        refreshing: z.boolean().optional().meta({
          description:
            'Notion takes its time, so this is what was known before: ask again in some seconds.',
        }),
        error: z
          .string()
          .optional()
          .meta({ description: 'Why an older tree, or none, is answered.' }),
      }),
    ),
  })
  .meta({ id: 'Manuals' });

/** See `manualsSchema`. @public */
export type Manuals = z.infer<typeof manualsSchema>;

/** Whose pages are asked for, and whether Notion is asked anew. @public */
export const manualsQuerySchema = z.strictObject({
  selected_solution: solutionNameSchema.optional().meta({
    description: 'A solution by its name, in any case; all when left out.',
  }),
  refresh: z.boolean().optional().meta({
    description: 'Ask Notion, however fresh the stored tree is.',
  }),
});

/** See `manualsQuerySchema`. @public */
export type ManualsQuery = z.infer<typeof manualsQuerySchema>;

/** What is to be published, from which page on and into which languages. @public */
export const publishSchema = z.strictObject({
  notion_page_id: notionIdSchema.meta({
    description:
      'The page to publish, with all below it. The root page publishes the whole solution.',
  }),
  selected_solution: solutionNameSchema,
  target_languages: z
    .array(z.string().min(2).max(20))
    .min(1)
    .max(50)
    .optional()
    .meta({
      description: '`manualPublish.targetLanguages` when left out.',
    }),
  dry_run: z.boolean().optional().meta({
    description:
      'Say what would change and cost; write no commit and call no translator.',
  }),
  force: z.boolean().optional().meta({
    description: 'Fetch and write all pages, changed or not.',
  }),
  update_slugs: z.boolean().optional().meta({
    description:
      'Give pages the addresses that their titles say today; otherwise a page keeps its address when its title changes.',
  }),
});

/** See `publishSchema`. @public */
export type Publish = z.infer<typeof publishSchema>;

/** The job that does what was asked for; it has only begun. @public */
export const publishedSchema = z.object({ job_id: z.string() });

/** See `publishedSchema`. @public */
export type Published = z.infer<typeof publishedSchema>;
