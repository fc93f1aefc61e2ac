/** Why a call was refused; `other` is all that may mend itself. */
export type Refusal = 'signed-out' | 'denied' | 'unknown-user' | 'other';

/**
 * Tells by the HTTP status, not by the class: a host may carry two copies of the errors package.
 */
export function statusOf(error: unknown): number | undefined {
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error
      ? error.statusCode
      : undefined;
  return typeof status === 'number' ? status : undefined;
}

export function refusalOf(error: unknown): Refusal {
  switch (statusOf(error)) {
    case 401:
      return 'signed-out';
    case 403:
      return 'denied';
    case 404:
      return 'unknown-user';
    default:
      return 'other';
  }
}

/** Statuses at which asking again changes nothing, until something else has. */
export function isRefusal(status: number): boolean {
  return status === 401 || status === 403 || status === 404;
}

/** Whether asking again in a moment may help. */
export function isWorthRetrying(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined || status >= 500 || status === 429;
}
