import { APIErrorCode, isHTTPResponseError } from '@notionhq/client';

/** What a failed call means for those who want its answer. */
export type NotionFailure = {
  readonly kind: FailureKind;
  /** What Notion said. */
  readonly message: string;
  readonly retryAfterMs?: number;
};

export type FailureKind =
  /** We made too many calls. */
  | 'refused'
  /** Notion has trouble of its own and asks for a pause of everybody. */
  | 'overloaded'
  /** May go well the next time. */
  | 'passing'
  /** The token does not do. */
  | 'denied'
  /** There is no such thing, or it is not shared. */
  | 'missing'
  /** The question makes no sense to Notion, such as a cursor whose block is gone. */
  | 'invalid';

/** Reads what the SDK throws, and what `fetch` throws through it. */
export function notionFailure(error: unknown): NotionFailure {
  if (!isHTTPResponseError(error)) {
    return { kind: 'passing', message: connectionFailure(error) };
  }
  const message = `${error.status} ${error.code}: ${error.message}`;
  const retryAfterMs = retryAfter(error.headers);
  switch (error.status) {
    case 429:
      return { kind: 'refused', retryAfterMs, message };
    case 529:
      return { kind: 'overloaded', retryAfterMs, message };
    case 401:
    case 403:
      return { kind: 'denied', message };
    case 404:
      // Something between us and Notion may answer so, too.
      return error.code === APIErrorCode.ObjectNotFound
        ? { kind: 'missing', message }
        : { kind: 'invalid', message };
    case 408:
    case 409:
      return { kind: 'passing', message };
    default:
      if (error.status < 500) return { kind: 'invalid', message };
      return retryAfterMs === undefined
        ? { kind: 'passing', message }
        : { kind: 'overloaded', retryAfterMs, message };
  }
}

/** Whether it is Notion itself that does not take a question: something in between has no such code. */
export function isRefusedByNotion(error: unknown): boolean {
  return (
    isHTTPResponseError(error) && error.code === APIErrorCode.ValidationError
  );
}

/** `fetch` says "fetch failed" and puts the reason into the cause. */
function connectionFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error
    ? `${error.message}: ${cause.message}`
    : error.message;
}

function retryAfter(headers: unknown): number | undefined {
  if (!(headers instanceof Headers)) return undefined;
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - Date.now());
}
