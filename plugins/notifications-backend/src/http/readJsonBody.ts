import { jsonBodyReader } from '@herald/backend-kit';
import { notificationLimits } from '@herald/backstage-plugin-notifications-common';

/** Reads a JSON body of the size that is accepted. */
export const readJsonBody = jsonBodyReader(notificationLimits.bodyBytes);
