import { administrationOperations } from './administration';
import { markingOperations } from './marking';
import { messageOperations } from './message';
import { preferenceOperations } from './preferences';
import { readingOperations } from './reading';
import { sendingOperations } from './sending';

/** Every call of the API. @public */
export const notificationsOperations = {
  ...sendingOperations,
  ...readingOperations,
  ...markingOperations,
  ...messageOperations,
  ...preferenceOperations,
  ...administrationOperations,
} as const;
