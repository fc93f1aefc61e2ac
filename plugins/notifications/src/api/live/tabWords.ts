import type { StreamState } from '../stream/NotificationStream';
import type { LiveEvent } from './liveNotificationsApi';

/** What the tabs tell each other. */
export type Word =
  /** From the leader: what the stream has told; without an event, only how far it has come. */
  | {
      kind: 'told';
      event?: LiveEvent;
      id: string;
      after: string | undefined;
      /** What was told before is no part of it. */
      isAnew: boolean;
    }
  /** From the leader: how things stand. */
  | { kind: 'state'; state: StreamState; position: string | undefined }
  /** To the leader: how do things stand? */
  | { kind: 'hello' }
  /** To the leader: try again. */
  | { kind: 'retry' }
  | { kind: 'topic'; topic: string; content: unknown };

export type Told = Extract<Word, { kind: 'told' }>;

/** Part of the name under which tabs find each other: those that tell each other something else must not. */
export const PROTOCOL = 'herald-notifications/1';

/** Tells apart the events that come with one id. */
export function keyOf(event: LiveEvent | undefined): string {
  if (!event) {
    return '';
  }
  const { type, data } = event;
  const about = 'messageIds' in data ? data.messageIds[0] : undefined;
  return `${type} ${about ?? ('id' in data ? data.id : '')}`;
}
