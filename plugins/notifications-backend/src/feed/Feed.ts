import { InboxMessage } from '../messages/Message';

/** Something that changed, in the order of commits. */
export type FeedEntry = { seq: number } & (
  | {
      kind: 'message';
      /** As it stood when the feed was read; absent where a later entry has taken its place, or it is gone. */
      message?: Omit<InboxMessage, 'isRead'>;
      targets: readonly string[];
    }
  | {
      kind: 'read';
      userRef: string;
      messageIds: readonly string[];
      isRead: boolean;
    }
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
