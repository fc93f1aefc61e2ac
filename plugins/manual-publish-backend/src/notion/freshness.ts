import { durationToMilliseconds } from '@backstage/types';

/** Notion's edited times are of the minute, and an edit may come right after a reading. */
const UNCERTAIN_MS = durationToMilliseconds({ minutes: 2 });

export type ReadingRules = {
  /** What was read since then counts as read; nothing does where it is undefined. By the clock that tells when things are read. */
  readonly since?: () => Date;
  /** Whether what was read before is read again although it has not changed. */
  readonly force: boolean;
};

/** Whether something was read by a reading that this one goes on with. */
export function isRecent(readAt: Date, { since }: ReadingRules): boolean {
  return since !== undefined && readAt >= since();
}

/** Whether what was read of a page is still what a new call would answer, given when Notion now says that the page was edited. */
export function isFresh(
  stored: { editedTime: string; readAt: Date; changedAt?: Date },
  editedTime: string,
  rules: ReadingRules,
): boolean {
  if (isRecent(stored.readAt, rules)) return true;
  if (rules.force) return false;
  if (stored.changedAt && stored.changedAt >= stored.readAt) return false;
  const quietMs = stored.readAt.getTime() - Date.parse(editedTime);
  return stored.editedTime === editedTime && quietMs >= UNCERTAIN_MS;
}
