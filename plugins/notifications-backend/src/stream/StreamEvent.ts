import { InboxMessage } from '../messages/Message';

/** What a stream tells its reader. Every event has a cursor, from which a client that was cut off goes on. */
export type StreamEvent = { cursor: string } & (
  | { type: 'message'; message: InboxMessage }
  /** Messages were marked, here or in another tab. */
  | { type: 'read'; messageIds: readonly string[]; isRead: boolean }
  /** What the client asked to go on from is not known any more; the unread backlog follows, as if it were new. */
  | { type: 'reset' }
  /** The past has been told; what follows is live. */
  | { type: 'ready' }
);

/** Where a stream writes to. */
export interface StreamSink {
  send(event: StreamEvent): void;
  /** Bytes that the reader has not taken yet. */
  readonly pendingBytes: number;
  /** Ends the stream; a client comes back by itself. */
  end(): void;
}
