import { NoPageForNotion, QuestionRefused } from '../source/errors';
import { isRefusedByNotion, notionFailure } from './notionFailure';

/** What Notion says of a block that it does not let us read; other failures concern the whole reading. */
export function problemOrThrow(error: unknown): string {
  const failure = notionFailure(error);
  if (failure.kind === 'missing' || failure.kind === 'invalid') {
    return failure.message;
  }
  throw error;
}

/**
 * What Notion says of something that is not there any more, or not shared. A question that it does not want to answer says nothing of
 * that: a page that was left out for it would be taken from the site.
 *
 * @throws QuestionRefused, or the error itself
 */
export function absenceOrThrow(error: unknown, what: string): string {
  const failure = notionFailure(error);
  if (failure.kind === 'invalid') {
    const message = `Notion does not answer for ${what}: ${failure.message}`;
    throw isRefusedByNotion(error)
      ? new NoPageForNotion(message)
      : new QuestionRefused(message);
  }
  return problemOrThrow(error);
}

/**
 * What Notion says of a page that a list has and that it does not show: it is there, so it stays on the site.
 *
 * @throws the error itself, where something else than Notion says so, too
 */
export function withheldOrThrow(error: unknown, what: string): string {
  try {
    return absenceOrThrow(error, what);
  } catch (failure) {
    if (failure instanceof NoPageForNotion) return failure.message;
    throw failure;
  }
}
