import { InboxMessage, StoredMessage } from '../messages/Message';
import { Mark } from '../messages/MessageStore';

/** What a stream tells its reader. Every event has a cursor, from which a client that was cut off goes on. */
export type StreamEvent = { cursor: string } & (
  | { type: 'message'; message: InboxMessage }
  /** What a message says has changed; what its reader said of it has not. */
  | { type: 'correction'; message: StoredMessage }
  | { type: 'withdrawal'; messageIds: readonly string[] }
  /** Messages were marked, here or in another tab. */
  | { type: Mark['kind']; messageIds: readonly string[]; value: boolean }
  /** More has changed than is worth naming. */
  | { type: 'refresh'; isForAll: boolean }
  /** What the client asked to go on from is not known any more; the unread backlog follows, as if it were new. */
  | { type: 'reset' }
  /** The past has been told; what follows is live. Of what is older than the backlog may be, nothing was told. */
  | { type: 'ready'; hasOlder: boolean }
);

/** Where a stream writes to: one connection. */
export interface StreamSink {
  /** Writes an event; does nothing once the stream has ended. */
  send(event: StreamEvent): void;
  /** Bytes that the reader has not taken yet. */
  readonly pendingBytes: number;
  /** Whether nothing will be written any more. */
  readonly isOver: boolean;
  /** Resolves when the reader has taken everything, or the connection is gone; who does not take it in time is dropped. */
  drained(): Promise<void>;
  /** Calls back once the connection is gone; at once, where it is gone already. */
  onClose(listener: () => void): void;
  /** Ends the stream in order; a client comes back by itself. A reader who does not take the rest is dropped after a while. */
  end(): void;
  /** Cuts the connection. */
  drop(): void;
}
