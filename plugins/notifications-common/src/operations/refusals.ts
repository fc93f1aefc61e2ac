import { CALLER_REFUSALS } from '@herald/api-contract';
import { notificationLimits } from '../limits';

// When calls are refused, by status.

export const REFUSALS = {
  ...CALLER_REFUSALS,
  503: 'The catalog cannot be reached and nothing is known of the user.',
};

export const READER_REFUSALS = {
  400: 'A parameter is missing, unknown or malformed; the message names it.',
  ...REFUSALS,
  404: 'The user is not in the catalog.',
};

export const MARK_REFUSALS = {
  ...READER_REFUSALS,
  404: 'The user is not in the catalog, or an id is not that of a message of theirs; nothing was changed.',
};

export const SEND_REFUSALS = {
  400: 'A field is missing, unknown, malformed or too long; the message names it.',
  ...CALLER_REFUSALS,
  413: `The body is larger than ${notificationLimits.bodyBytes} bytes.`,
  429: 'The sender has used up its quota; Retry-After says when to try again.',
  503: 'The catalog cannot be reached, so the targets cannot be checked; nothing was stored.',
};

export const ADMINISTRATION_REFUSALS = {
  400: READER_REFUSALS[400],
  ...CALLER_REFUSALS,
};
