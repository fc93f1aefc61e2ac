import { isStorable } from '@herald/api-contract';
import { z } from 'zod';
import { notificationLimits } from '../limits';

const DEEPEST = 20;

const recordSchema = z
  .record(z.string(), z.unknown())
  // Before anything that walks it: what is nested too deep would end the walker.
  .refine(value => isShallow(value), {
    error: `must not be nested deeper than ${DEEPEST} levels`,
    params: { problem: 'nested' },
    abort: true,
  })
  .refine(
    value => JSON.stringify(value).length <= notificationLimits.metadataLength,
    {
      error: `must not be longer than ${notificationLimits.metadataLength} characters of JSON`,
      params: { problem: 'long' },
    },
  )
  // JSON writes a lone surrogate or a NUL as an escape, which would hide it.
  .refine(value => isStorable(allText(value)), {
    error: 'must not contain NUL or unpaired surrogate characters',
    params: { problem: 'unstorable' },
  })
  .meta({
    description:
      'Any JSON object; stored and returned, never looked into by Herald.',
    examples: [{ pipeline: 'release', attempt: 2 }],
  });

/** An object of JSON that is kept for programs and handed back as it came. */
export const metadataSchema = z.preprocess(
  (value: Record<string, unknown>, context) => {
    // A record is read without it: what is not kept has to be refused.
    if (isObject(value) && Object.hasOwn(value, '__proto__')) {
      context.addIssue({
        code: 'custom',
        message: 'must not have the key __proto__',
        params: { problem: 'unstorable' },
      });
    }
    return value;
  },
  recordSchema,
);

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function allText(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value !== 'object' || value === null) {
    return '';
  }
  return Object.entries(value)
    .map(([key, inner]) => key + allText(inner))
    .join('');
}

function isShallow(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) {
      return false;
    }
    level = level.flatMap(item =>
      typeof item === 'object' && item !== null ? Object.values(item) : [],
    );
  }
  return true;
}
