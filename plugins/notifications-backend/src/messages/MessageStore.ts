import {
  NotificationSeverity,
  PreferenceDefaults,
  PreferenceRule,
} from '@herald/backstage-plugin-notifications-common';
import {
  InboxMessage,
  MessageContent,
  NewMessage,
  StoredMessage,
} from './Message';
import { QuotaLedger } from './SenderQuota';

/** The refs through which messages reach a reader: themselves, their groups with all ancestors, everybody. */
export type Reader = { userRef: string; refs: readonly string[] };

export type InboxFilter = {
  containsText?: string;
  /** Strictly later than this. */
  createdAfter?: Date;
  scope: 'all' | 'user' | 'system';
  origins?: readonly string[];
  topics?: readonly string[];
  severities?: readonly NotificationSeverity[];
  isRead?: boolean;
  isArchived?: boolean;
  isSaved?: boolean;
  /** Only these messages; also those that are muted. */
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

export type OriginCount = { origin: string; count: number };

/** What a user says of messages of theirs. One that becomes unread leaves the archive; one that is archived is read. */
export type Mark =
  | { kind: 'read'; value: boolean }
  | { kind: 'archived'; value: boolean }
  | { kind: 'saved'; value: boolean };

export type IdempotencyKey = { key: string; bodyHash: string };

/**
 * Has the last word on a message, once nothing else speaks against it: what it throws refuses the message. With a key it is asked once the
 * key is this message's, in the transaction that stores it.
 */
export type Admission = (ledger: QuotaLedger) => Promise<void>;

export type StoreOutcome =
  /** `messageId` is that of an earlier message where this one took its place, by its scope. */
  | { outcome: 'stored'; messageId: string }
  /** The key was used before with this body; nothing was stored. */
  | { outcome: 'repeated'; messageId: string }
  /** The key was used before with another body; nothing was stored. */
  | { outcome: 'conflict' };

/** What is to be different in a message; `undefined` takes a field away. */
export type Correction = Partial<MessageContent>;

export type ErasedCounts = { messages: number; marks: number; sent: number };

/** What the rules of this plugin need of a database. Every method is one transaction: all of it happens, or nothing. */
export interface MessageStore {
  /** Stores a message; what is committed later always has the higher `seq`. */
  store(
    message: NewMessage,
    key?: IdempotencyKey,
    admit?: Admission,
  ): Promise<StoreOutcome>;
  /** What became of the message that took this key before, if one did within its time. */
  earlier(
    sender: string,
    key: IdempotencyKey,
  ): Promise<Exclude<StoreOutcome, { outcome: 'stored' }> | undefined>;

  list(reader: Reader, request: InboxPageRequest): Promise<InboxPage>;
  /** As `list`, without what the messages say. */
  listIds(
    reader: Reader,
    request: InboxPageRequest,
  ): Promise<{ ids: string[]; next?: InboxPosition }>;
  count(reader: Reader, filter: InboxFilter): Promise<number>;
  /** The largest first. */
  countByOrigin(
    reader: Reader,
    filter: InboxFilter,
    limit: number,
  ): Promise<OriginCount[]>;
  /** From where the reader has messages, and about what. */
  origins(
    reader: Reader,
    limit: number,
  ): Promise<{ origin: string; topics: string[] }[]>;
  /**
   * Marks messages for this reader, all or none of them.
   *
   * @returns the ids that are not of messages of theirs; where there are any, nothing was changed
   */
  mark(
    reader: Reader,
    messageIds: readonly string[],
    mark: Mark,
  ): Promise<{ unknown: string[] }>;
  /**
   * Marks as read whatever matches, up to a place in `created` order, or else all there is. What comes while it does so stays unread.
   */
  markAllRead(
    reader: Reader,
    filter: InboxFilter,
    upTo: InboxPosition | undefined,
  ): Promise<void>;
  /** Where a message of the reader's stands, also one that has expired since. */
  positionOf(
    reader: Reader,
    messageId: string,
  ): Promise<InboxPosition | undefined>;
  /** Archives all of the reader's messages. */
  clear(reader: Reader): Promise<void>;

  /** A message with the refs it is for, if there is one. */
  sent(
    messageId: string,
  ): Promise<{ message: StoredMessage; targets: string[] } | undefined>;
  /**
   * The ids under which messages are stored, by the other ids that they have; without those that are no such ids. A message that
   * waited and then took the place of an earlier one has the id that its sender was given as another id.
   */
  aliased(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Who sent a message, if there is one; also one that waits for its moment, and by any of its ids. */
  senderOf(messageId: string): Promise<string | undefined>;
  /**
   * Also one that waits for its moment, and by any of its ids.
   *
   * @returns what the message says now; `undefined` where there is none
   */
  correct(
    messageId: string,
    correction: Correction,
  ): Promise<StoredMessage | undefined>;
  /** As `correct`. @returns whether there was one */
  withdraw(messageId: string): Promise<boolean>;

  /** A person's own rules, and the defaults. */
  preferencesOf(
    userRef: string,
  ): Promise<{ rules: PreferenceRule[]; defaults: PreferenceDefaults }>;
  setRules(userRef: string, rules: readonly PreferenceRule[]): Promise<void>;
  preferenceDefaults(): Promise<PreferenceDefaults>;
  setPreferenceDefaults(defaults: PreferenceDefaults): Promise<void>;

  /** Forgets idempotency keys that are no longer kept. */
  purgeIdempotencyKeys(): Promise<number>;
  /** Completes what the version before has stored while both ran on one database. */
  adoptEarlier(): Promise<void>;
  /** Deletes what is known of a person. */
  erase(userRef: string): Promise<ErasedCounts>;
}
