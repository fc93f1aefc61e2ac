import { isError } from '@backstage/errors';

/** Why a call was refused; `other` is all that may mend itself. @public */
export type Refusal = 'signed-out' | 'denied' | 'unknown' | 'other';

/** Tells by the HTTP status, not by the class: a host may carry two copies of the errors package. @public */
export function statusOf(error: unknown): number | undefined {
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error
      ? error.statusCode
      : undefined;
  return typeof status === 'number' ? status : undefined;
}

/** What an error of a call means to the person, by the status of its `ResponseError`; `other` where it has none. @public */
export function refusalOf(error: unknown): Refusal {
  switch (statusOf(error)) {
    case 401:
      return 'signed-out';
    case 403:
      return 'denied';
    case 404:
      return 'unknown';
    default:
      return 'other';
  }
}

/** Statuses at which asking again changes nothing, until something else has. @public */
export function isRefusal(status: number): boolean {
  return status === 401 || status === 403 || status === 404;
}

/** Whether asking again in a moment may help. @public */
export function isWorthRetrying(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined || status >= 500 || status === 429;
}

/** The header `Retry-After` of the answer that an error stands for. */
export function retryAfterOf(error: unknown): string | null | undefined {
  const response =
    typeof error === 'object' && error !== null && 'response' in error
      ? error.response
      : undefined;
  const headers =
    typeof response === 'object' && response !== null && 'headers' in response
      ? response.headers
      : undefined;
  return headers instanceof Headers ? headers.get('retry-after') : undefined;
}

/** What the server said went wrong, else what the browser did. @public */
export function errorDetail(error: unknown): string | undefined {
  if (!isError(error)) {
    return undefined;
  }
  // A ResponseError carries the server's own error as its cause.
  return isError(error.cause) ? error.cause.message : error.message;
}
