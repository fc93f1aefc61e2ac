import { isError } from '@backstage/errors';

/** What the server said went wrong, else what the browser did. */
export function errorDetail(error: unknown): string | undefined {
  if (!isError(error)) {
    return undefined;
  }
  // A ResponseError carries the server's own error as its cause.
  return isError(error.cause) ? error.cause.message : error.message;
}
