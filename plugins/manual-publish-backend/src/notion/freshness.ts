import { durationToMilliseconds } from '@backstage/types';

/** Notion's edited times are of the minute, and an edit may come right after a reading. */
const UNCERTAIN_MS = durationToMilliseconds({ minutes: 2 });

export type ReadingRules = {
  /** What was read since then counts as read. */
  readonly since: Date;
  /** Whether what was read before is read again although it has not changed. */
  readonly force: boolean;
};

/** Whether what was read of a page is still what a new call would answer, given when Notion now says that the page was edited. */
export function isFresh(
  stored: { editedTime: string; readAt: Date; changedAt?: Date },
  editedTime: string,
  { since, force }: ReadingRules,
): boolean {
  if (stored.readAt >= since) return true;
  if (force) return false;
  if (stored.changedAt && stored.changedAt >= stored.readAt) return false;
  const quietMs = stored.readAt.getTime() - Date.parse(editedTime);
  return stored.editedTime === editedTime && quietMs >= UNCERTAIN_MS;
}
