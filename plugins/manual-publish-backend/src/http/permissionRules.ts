import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_SOLUTION } from '@herald/backstage-plugin-manual-publish-common';
import { z } from 'zod/v3';
import { Solution } from '../publishing/Solution';

/** What rules on solutions are about, for policies. @public */
export const solutionResourceRef = createPermissionResourceRef<
  Pick<Solution, 'type'>,
  { solutions: string[] }
>().with({
  pluginId: 'manual-publish',
  resourceType: RESOURCE_TYPE_SOLUTION,
});

/** Only these solutions, by their names in any case. @public */
export const isSolution = createPermissionRule({
  name: 'IS_SOLUTION',
  description: 'Allow what concerns one of these solutions',
  resourceRef: solutionResourceRef,
  paramsSchema: z.object({
    solutions: z.array(z.string()).describe('Names of solutions, in any case'),
  }),
  apply: ({ type }, { solutions }) =>
    solutions.some(name => name.toLowerCase() === type),
  toQuery: ({ solutions }) => ({
    solutions: solutions.map(name => name.toLowerCase()),
  }),
});
