import {
  notificationsOperations,
  type NotificationStreamEvent,
} from '@herald/backstage-plugin-notifications-common';
import {
  EventStream,
  type EventStreamState,
  type StreamTimings,
} from '@herald/frontend';
import { readStreamEvent } from './streamEvents';

/**
 * - `connecting`: for the first time
 * - `connected`: what happens is told as it happens
 * - `polling`: there is no stream; it is tried again now and then
 * - `offline`: as `polling`, and the browser has no network
 * - `refused`: nobody is signed in, or they may not; it is not tried again by itself
 *
 * @public
 */
export type StreamState = Exclude<EventStreamState, 'ended'>;

export type StreamedEvent = {
  event: NotificationStreamEvent;
  /** The cursor from which the stream goes on after this event. */
  id: string;
};

export type NotificationStreamOptions = {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi: { fetch: typeof fetch };
  onEvent: (event: StreamedEvent) => void;
  onState: (state: StreamState) => void;
  timings?: Partial<StreamTimings>;
  random?: () => number;
  isOnline?: () => boolean;
};

/**
 * Follows the stream of the backend, and comes back whenever it is cut off, from the last event that it has told. Tells every
 * event once, in order, whatever happens to the connections.
 */
export class NotificationStream extends EventStream<NotificationStreamEvent> {
  constructor(options: NotificationStreamOptions) {
    const { discoveryApi, fetchApi, onEvent, onState, ...others } = options;
    super({
      ...others,
      open: async (after, signal) => {
        const baseUrl = await discoveryApi.getBaseUrl('notifications');
        const search = after ? `?${new URLSearchParams({ after })}` : '';
        return fetchApi.fetch(
          `${baseUrl}${notificationsOperations.stream.path}${search}`,
          {
            headers: { Accept: 'text/event-stream' },
            cache: 'no-store',
            signal,
          },
        );
      },
      read: readStreamEvent,
      isReady: event => event?.type === 'ready',
      onEvent: (event, id = '') => onEvent({ event, id }),
      onReset: () => onEvent({ event: { type: 'reset', data: {} }, id: '' }),
      onState: state => {
        // A stream of notifications has no last event.
        if (state !== 'ended') {
          onState(state);
        }
      },
    });
  }
}
