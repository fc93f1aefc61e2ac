import { z } from 'zod';

/** A moment, to the millisecond. */
export const momentSchema = z.iso
  .datetime({
    offset: true,
    error: 'must be a date and time in ISO 8601, such as 2026-11-22T08:00:00Z',
  })
  .refine(text => !Number.isNaN(Date.parse(text)), {
    error: 'must be a moment that exists',
  })
  .meta({ examples: ['2026-11-22T08:00:00Z'] });
