import {
  NotificationPayload,
  NotificationProcessorFilters,
} from '@backstage/plugin-notifications-common';
import { notificationSeverities } from '@herald/backstage-plugin-notifications-common';
import { RegisteredProcessor } from './ProcessorRegistry';

/** Whether a processor wants to know of a message, by the filters it was configured with; as in upstream. */
export function wants(
  { processor }: RegisteredProcessor,
  payload: NotificationPayload,
): boolean {
  return passesFilters(processor.getNotificationFilters?.() ?? {}, payload);
}

export function passesFilters(
  filters: NotificationProcessorFilters,
  { severity = 'normal', topic }: NotificationPayload,
): boolean {
  const { minSeverity, maxSeverity, includedTopics, excludedTopics } = filters;
  // From the most to the least severe.
  const rank = (of: typeof severity) => notificationSeverities.indexOf(of);
  return (
    (!minSeverity || rank(severity) <= rank(minSeverity)) &&
    (!maxSeverity || rank(severity) >= rank(maxSeverity)) &&
    !(topic && excludedTopics?.includes(topic)) &&
    (!includedTopics || (topic !== undefined && includedTopics.includes(topic)))
  );
}
