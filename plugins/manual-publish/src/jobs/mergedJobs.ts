import type { JobSummary } from '@herald/backstage-plugin-manual-publish-common';

/**
 * The jobs of a list whose newest part was asked for again: what is as new as that part and not in it any more does not fit
 * the filters any more, or is gone.
 *
 * @param newest - the newest part, or `undefined` before there is one
 * @param loaded - what was loaded before, the newest first
 */
export function mergedJobs(
  newest: readonly JobSummary[] | undefined,
  loaded: readonly JobSummary[],
): JobSummary[] {
  const oldest = newest?.at(-1);
  if (!newest || !oldest) {
    return newest ? [] : [...loaded];
  }
  const known = new Set(newest.map(({ id }) => id));
  const since = Date.parse(oldest.created_at);
  return [
    ...newest,
    ...loaded.filter(
      ({ id, created_at }) => !known.has(id) && Date.parse(created_at) <= since,
    ),
  ];
}
