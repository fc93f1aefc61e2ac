import { InboxMessage, NewMessage } from './Message';

/** The refs through which messages reach a reader: themselves, their groups with all ancestors, everybody. */
export type Reader = { userRef: string; refs: readonly string[] };

export type InboxFilter = {
  containsText?: string;
  /** Strictly later than this. */
  createdAfter?: Date;
  scope: 'all' | 'user' | 'system';
  isRead?: boolean;
  /** Only these messages. */
  ids?: readonly string[];
};

/** The place of a message in `created` order. */
export type InboxPosition = { sortAt: number; seq: number };

/** `seq` is the order of the feed. */
export type InboxOrder =
  | 'title'
  | 'message'
  | 'created'
  | 'topic'
  | 'origin'
  | 'seq';

export type InboxPageRequest = InboxFilter & {
  orderBy: InboxOrder;
  direction: 'asc' | 'desc';
  limit: number;
} & ({ offset: number } | { after: InboxPosition });

export type InboxPage = {
  messages: InboxMessage[];
  /** Where the next page begins; only in `created` and `seq` order, and absent on the last page. */
  next?: InboxPosition;
};

export type IdempotencyKey = { key: string; bodyHash: string };

export type StoreOutcome =
  | { outcome: 'stored'; messageId: string }
  /** The key was used before with this body; nothing was stored. */
  | { outcome: 'repeated'; messageId: string }
  /** The key was used before with another body; nothing was stored. */
  | { outcome: 'conflict' };

/** What the rules of this plugin need of a database. Every method is one transaction: all of it happens, or nothing. */
export interface MessageStore {
  /** Stores a message; what is committed later always has the higher `seq`. */
  store(message: NewMessage, key?: IdempotencyKey): Promise<StoreOutcome>;
  /** What became of the message that took this key before, if one did within its time. */
  earlier(
    sender: string,
    key: IdempotencyKey,
  ): Promise<Exclude<StoreOutcome, { outcome: 'stored' }> | undefined>;
  list(reader: Reader, request: InboxPageRequest): Promise<InboxPage>;
  count(reader: Reader, filter: InboxFilter): Promise<number>;
  /**
   * Marks messages for this reader, all or none of them.
   *
   * @returns the ids that are not of messages of theirs; where there are any, nothing was changed
   */
  markRead(
    reader: Reader,
    messageIds: readonly string[],
    isRead: boolean,
  ): Promise<{ unknown: string[] }>;
  /** Forgets idempotency keys that are no longer kept. */
  purgeIdempotencyKeys(): Promise<number>;
}
