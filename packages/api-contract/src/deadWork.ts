import { z } from 'zod';
import type { Operation } from './Operation';
import { visibleText } from './text';

const kind = visibleText(64).meta({
  description: 'What is to be done, as the list of dead work names it.',
});
const id = z.uuid({ error: 'must be the id of work (a UUID)' });

/** Which page of the dead work is asked for: at most 1000 at once, 100 unless told. @public */
export const listDeadWorkQuerySchema = z.strictObject({
  kind: kind.optional(),
  after: id.optional().meta({ description: 'The last id of the page before.' }),
  limit: z
    .int()
    .min(1)
    .max(1_000)
    .default(100)
    .meta({ examples: [100] }),
});

/** Which dead work is meant: single pieces by their ids, or all of a kind. @public */
export const selectDeadWorkSchema = z
  .union(
    [
      z.strictObject({ ids: z.array(id).min(1).max(1_000) }),
      z.strictObject({ kind }),
    ],
    { error: 'must name either ids or a kind' },
  )
  .meta({ id: 'SelectDeadWork' });

/** See `selectDeadWorkSchema`. @public */
export type SelectDeadWork = z.infer<typeof selectDeadWorkSchema>;

/** How much dead work a call has changed. @public */
export const workCountSchema = z
  .strictObject({
    count: z
      .int()
      .min(0)
      .meta({ examples: [12] }),
  })
  .meta({ id: 'WorkCount' });

/** See `workCountSchema`. @public */
export type WorkCount = z.infer<typeof workCountSchema>;

/**
 * What administrators do with work that was given up, the same in every plugin.
 *
 * @public
 */
export function deadWorkOperations<
  Ids extends { list: string; redrive: string; discard: string },
  Item extends z.ZodType,
>(options: {
  ids: Ids;
  permission: string;
  /** What work it may be, in a sentence. */
  description: string;
  item: Item;
  refusals: Operation['refusals'];
  /** When a body is too large. */
  tooLarge: string;
}) {
  const { ids, permission, item } = options;
  const refusals = { ...options.refusals, 413: options.tooLarge };
  const common = {
    callers: ['user', 'service'] as const,
    permission,
  };
  return {
    listDeadWork: {
      ...common,
      id: ids.list,
      method: 'get',
      path: '/work/dead',
      summary: 'Work that was given up',
      description: options.description,
      query: listDeadWorkQuerySchema,
      success: {
        status: 200,
        description: 'A page of it.',
        body: z.array(item),
      },
      refusals: options.refusals,
    },
    redriveWork: {
      ...common,
      id: ids.redrive,
      method: 'post',
      path: '/work/dead/redrive',
      summary: 'Try again what was given up',
      query: z.strictObject({}),
      body: selectDeadWorkSchema,
      success: {
        status: 200,
        description: 'How much is due again.',
        body: workCountSchema,
      },
      refusals,
    },
    discardWork: {
      ...common,
      id: ids.discard,
      method: 'post',
      path: '/work/dead/discard',
      summary: 'Give up for good what was given up',
      query: z.strictObject({}),
      body: selectDeadWorkSchema,
      success: {
        status: 200,
        description: 'How much was removed.',
        body: workCountSchema,
      },
      refusals,
    },
  } as const satisfies Record<string, Operation>;
}
