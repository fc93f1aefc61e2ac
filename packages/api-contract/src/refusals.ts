/**
 * When callers are refused whom an API has to know.
 *
 * @public
 */
export const CALLER_REFUSALS = {
  401: 'Nobody is signed in, or the credentials are not valid.',
  403: 'The caller lacks the permission.',
} as const;
