import {
  isFinal,
  jobEventSchema,
  type JobEvent,
} from '@herald/backstage-plugin-manual-publish-common';
import type { EventSourceMessage } from 'eventsource-parser';

/** @returns `undefined` for a ping, for what is not known here, and for what is malformed */
export function readJobEvent(
  message: Pick<EventSourceMessage, 'data'>,
): JobEvent | undefined {
  try {
    return jobEventSchema.safeParse(JSON.parse(message.data)).data;
  } catch {
    return undefined;
  }
}

/** Nothing happens to a job that has ended. */
export function isLastEvent(event: JobEvent): boolean {
  return event.type === 'job' && isFinal(event.job.status);
}
