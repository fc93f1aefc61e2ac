import { FeedAudience, FeedEntry, FeedHead } from '../feed/Feed';
import { writeFeedCursor } from '../feed/FeedCursor';
import { EVERYBODY, InboxMessage } from '../messages/Message';
import { MutingRule, isMuted } from '../messages/muting';
import { SortedRefs } from './SortedRefs';
import { StreamEvent } from './StreamEvent';

/** Who reads, and what is for them. */
export type StreamReader = {
  userRef: string;
  refs: SortedRefs;
  muting: readonly MutingRule[];
};

export function toMessageEvent(
  message: InboxMessage,
  { epoch }: FeedHead,
): StreamEvent {
  return {
    type: 'message',
    message,
    cursor: writeFeedCursor({ epoch, seq: message.seq }),
  };
}

/** What an entry means to one reader, if anything. */
export function eventFor(
  reader: StreamReader,
  entry: FeedEntry,
  head: FeedHead,
): StreamEvent | undefined {
  const cursor = writeFeedCursor({ epoch: head.epoch, seq: entry.seq });
  switch (entry.kind) {
    case 'message':
    case 'correction': {
      const { message, audience, savedBy } = entry;
      if (
        !message ||
        (message.expiresAt && message.expiresAt.getTime() <= Date.now()) ||
        !reaches(reader, audience) ||
        isMuted(reader.muting, message)
      ) {
        return undefined;
      }
      const isSaved = savedBy?.has(reader.userRef) ?? false;
      return once(entry, String(isSaved), () =>
        entry.kind === 'correction'
          ? { type: 'correction', message, cursor }
          : // Just sent, it is unread.
            toMessageEvent(
              { ...message, isRead: false, isArchived: false, isSaved },
              head,
            ),
      );
    }
    case 'withdrawal':
      return reaches(reader, entry.audience)
        ? { type: 'withdrawal', messageIds: [entry.messageId], cursor }
        : undefined;
    case 'refresh':
    case 'preferences':
      return [reader.userRef, EVERYBODY].includes(entry.userRef)
        ? { type: 'refresh', isForAll: entry.userRef === EVERYBODY, cursor }
        : undefined;
    default: {
      const { kind, messageIds, value } = entry;
      return entry.userRef === reader.userRef
        ? { type: kind, messageIds, value, cursor }
        : undefined;
    }
  }
}

const made = new WeakMap<FeedEntry, Map<string, StreamEvent>>();

/** Most streams are told the same of an entry: it is made once for all, and gone with the entry. */
function once(
  entry: FeedEntry,
  variant: string,
  make: () => StreamEvent,
): StreamEvent {
  const variants = made.get(entry) ?? new Map<string, StreamEvent>();
  made.set(entry, variants);
  const event = variants.get(variant) ?? make();
  variants.set(variant, event);
  return event;
}

function reaches(
  { refs }: StreamReader,
  { targets, exclusions }: FeedAudience,
): boolean {
  return (
    targets.some(ref => refs.has(ref)) && !exclusions.some(ref => refs.has(ref))
  );
}
