import { StoredMessage } from '../messages/Message';
import { Mark } from '../messages/MessageStore';

/** Whom a message is for. */
export type FeedAudience = {
  targets: readonly string[];
  exclusions: readonly string[];
};

/** Something that changed, in the order of commits. */
export type FeedEntry = { seq: number; at: Date } & (
  | {
      /** It was sent, or sent again; or what it says was corrected. */
      kind: 'message' | 'correction';
      /** As it stood when the feed was read; absent where a later entry has taken its place, or it is gone. */
      message?: StoredMessage;
      audience: FeedAudience;
      /** Who keeps it, where it was sent again. */
      savedBy?: ReadonlySet<string>;
    }
  | { kind: 'withdrawal'; messageId: string; audience: FeedAudience }
  | {
      kind: Mark['kind'];
      userRef: string;
      messageIds: readonly string[];
      value: boolean;
    }
  /** Many marks of a user. */
  | { kind: 'refresh'; userRef: string }
  /** What a user, or everybody, wants to be told of. */
  | { kind: 'preferences'; userRef: string }
);

export type FeedHead = {
  /** Which life of the feed this is; a restore from a backup begins another. */
  epoch: string;
  /** The last entry that is committed. */
  seq: number;
  /** Entries up to here may be gone. */
  trimmedSeq: number;
};

/** The append-only log of changes. What is committed later has the higher `seq`, and none is used twice. */
export interface Feed {
  head(): Promise<FeedHead>;
  /** The entries after a seq, oldest first. */
  readAfter(seq: number, limit: number): Promise<FeedEntry[]>;
  /**
   * Removes a batch of entries that are older than a moment.
   *
   * @returns how many; fewer than the limit when none is left
   */
  trim(before: Date, limit: number): Promise<number>;
}
