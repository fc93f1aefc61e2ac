import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { storableText } from '@herald/api-contract';
import { z } from 'zod';
import { notificationLimits } from '../limits';

// The catalog's own rules for kinds, namespaces and names.
const KIND = /^[a-zA-Z][a-z0-9A-Z]*$/;
const NAMESPACE = /^[a-z0-9]+(?:-+[a-z0-9]+)*$/i;
const NAME = /^[a-z0-9]+(?:[-_.]+[a-z0-9]+)*$/i;

/**
 * Reads `namespace/name`, or a full entity ref of the kind that is expected.
 *
 * @returns the normalised full ref, or `undefined` where the text is neither
 * @public
 */
export function parseTargetRef(
  text: string,
  kind: 'user' | 'group',
): string | undefined {
  if (!text.includes('/')) {
    return undefined;
  }
  const ref = normalisedRef(text, kind);
  return ref?.startsWith(`${kind}:`) ? ref : undefined;
}

/**
 * Reads a full entity ref, of any kind.
 *
 * @returns the normalised ref, or `undefined` where the text is none
 * @public
 */
export function parseFullEntityRef(text: string): string | undefined {
  return /^[^:/]+:[^:/]+\/[^:/]+$/.test(text) ? normalisedRef(text) : undefined;
}

function normalisedRef(text: string, defaultKind?: string): string | undefined {
  try {
    const ref = parseEntityRef(text, { defaultKind });
    const wellFormed =
      KIND.test(ref.kind) &&
      NAMESPACE.test(ref.namespace) &&
      NAME.test(ref.name);
    return wellFormed ? stringifyEntityRef(ref) : undefined;
  } catch {
    return undefined;
  }
}

export function targetListSchema(kind: 'user' | 'group') {
  return z
    .array(
      storableText(notificationLimits.entityRefLength).refine(
        text => parseTargetRef(text, kind) !== undefined,
        {
          error: `must be namespace/name or a full entity ref of a ${kind}`,
        },
      ),
    )
    .max(notificationLimits.targetsPerList)
    .meta({
      description: `\`namespace/name\` or full entity refs of ${kind}s in the catalog; duplicates count once.`,
      examples: [
        [kind === 'user' ? 'default/guest' : 'group:default/platform'],
      ],
    });
}

export const fullEntityRefSchema = storableText(
  notificationLimits.entityRefLength,
).refine(text => parseFullEntityRef(text) !== undefined, {
  error: 'must be a full entity ref, such as component:default/wallet',
});

export function entityListSchema(description: string, example: string) {
  return z
    .array(fullEntityRefSchema)
    .max(notificationLimits.targetsPerList)
    .meta({ description, examples: [[example]] });
}
