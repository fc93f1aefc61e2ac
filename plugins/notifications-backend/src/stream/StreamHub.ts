import { CustomErrorBase } from '@backstage/errors';
import { Audience, SignedInUser } from '../audience/Audience';
import { Feed, FeedEntry, FeedHead } from '../feed/Feed';
import { resumableSeq, writeFeedCursor } from '../feed/FeedCursor';
import { FeedTailer } from '../feed/FeedTailer';
import { Inbox } from '../messages/Inbox';
import { EVERYBODY, InboxMessage } from '../messages/Message';
import { StreamEvent, StreamSink } from './StreamEvent';

export class TooManyRequestsError extends CustomErrorBase {
  readonly name = 'TooManyRequestsError' as const;
  readonly #retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.#retryAfterSeconds = retryAfterSeconds;
  }

  // Not fields: those are copied into the answer.
  get statusCode() {
    return 429;
  }
  get retryAfterSeconds() {
    return this.#retryAfterSeconds;
  }
}

export type StreamLimits = {
  perUser: number;
  inAll: number;
  /** A reader who is further behind is dropped. */
  pendingBytes: number;
  /** How many unread messages a new stream begins with, at the most. */
  backlog: number;
  /** How many entries of the feed are replayed, at the most; who is further behind starts over. */
  replay: number;
};

export type StreamRequest = {
  includeRead: boolean;
  /** The cursor of the last event that the client has seen. */
  after?: string;
};

type OpenStream = {
  user: SignedInUser;
  refs: ReadonlySet<string>;
  sink: StreamSink;
};

const RETRY_AFTER_SECONDS = 30;
const ENTRIES_PER_READ = 200;

/**
 * The open streams of this process. A stream touches the database when it connects; after that the tailer's one reading of the
 * feed is filtered for all of them in memory.
 */
export class StreamHub {
  readonly #feed: Feed;
  readonly #tailer: FeedTailer;
  readonly #inbox: Inbox;
  readonly #audience: Audience;
  readonly #limits: StreamLimits;
  readonly #open = new Set<OpenStream>();
  readonly #perUser = new Map<string, number>();
  #isClosed = false;

  constructor(options: {
    feed: Feed;
    tailer: FeedTailer;
    inbox: Inbox;
    audience: Audience;
    limits: StreamLimits;
  }) {
    this.#feed = options.feed;
    this.#tailer = options.tailer;
    this.#inbox = options.inbox;
    this.#audience = options.audience;
    this.#limits = options.limits;
  }

  /**
   * Tells the sink the backlog, or what was missed since the cursor, and then what comes.
   *
   * @param connect - opens the sink; called once nothing can refuse the stream any more
   * @returns how to close the stream; the sink is not told
   * @throws TooManyRequestsError where the user, or all together, have as many streams as they may
   */
  async open(
    user: SignedInUser,
    request: StreamRequest,
    connect: () => Promise<StreamSink>,
  ): Promise<() => void> {
    const release = this.#reserve(user.userRef);
    const early: FeedEntry[] = [];
    let deliver = (entry: FeedEntry): void => {
      early.push(entry);
    };
    let stopListening = () => {};
    try {
      const refs = new Set([...(await this.#audience.refsOf(user)), EVERYBODY]);
      // Listening comes first: what is committed while the past is being read waits in `early`.
      stopListening = await this.#tailer.listen(entry => deliver(entry));
      const head = await this.#feed.head();
      const past = await this.#past(user, refs, request, head);

      const stream: OpenStream = { user, refs, sink: await connect() };
      const close = () => {
        if (this.#open.delete(stream)) {
          stopListening();
          release();
        }
      };
      this.#open.add(stream);
      for (const event of past) {
        stream.sink.send(event);
      }
      deliver = entry => this.#deliver(stream, entry, head, close);
      early.forEach(deliver);
      return close;
    } catch (error) {
      stopListening();
      release();
      throw error;
    }
  }

  /** Ends the streams of people whose groups are not what they were when the stream was opened. */
  async endWhereMembershipChanged(): Promise<void> {
    for (const stream of [...this.#open]) {
      const refs = await this.#audience
        .refsOf(stream.user)
        // Gone from the catalog, or nothing known: the client finds out when it comes back.
        .catch(() => []);
      const isSame =
        refs.length + 1 === stream.refs.size &&
        refs.every(ref => stream.refs.has(ref));
      if (!isSame) {
        stream.sink.end();
      }
    }
  }

  /** Ends all streams and takes no more: the process is about to stop. */
  close(): void {
    this.#isClosed = true;
    for (const { sink } of [...this.#open]) {
      sink.end();
    }
  }

  #reserve(userRef: string): () => void {
    const inUse = this.#perUser.get(userRef) ?? 0;
    const total = [...this.#perUser.values()].reduce((a, b) => a + b, 0);
    if (
      this.#isClosed ||
      inUse >= this.#limits.perUser ||
      total >= this.#limits.inAll
    ) {
      throw new TooManyRequestsError(
        'There are as many streams open as there may be',
        RETRY_AFTER_SECONDS,
      );
    }
    this.#perUser.set(userRef, inUse + 1);
    return () => {
      const left = (this.#perUser.get(userRef) ?? 1) - 1;
      if (left > 0) {
        this.#perUser.set(userRef, left);
      } else {
        this.#perUser.delete(userRef);
      }
    };
  }

  /** What the stream begins with: what was missed, or else the backlog. Ends with `ready`, at the head. */
  async #past(
    user: SignedInUser,
    refs: ReadonlySet<string>,
    request: StreamRequest,
    head: FeedHead,
  ): Promise<StreamEvent[]> {
    const ready: StreamEvent = { type: 'ready', cursor: writeFeedCursor(head) };
    if (request.after === undefined) {
      return [...(await this.#backlog(user, request, head)), ready];
    }
    const from = resumableSeq(request.after, head, this.#limits.replay);
    if (from === undefined) {
      const cursor = writeFeedCursor({ epoch: head.epoch, seq: 0 });
      return [
        { type: 'reset', cursor },
        ...(await this.#backlog(user, request, head)),
        ready,
      ];
    }
    return [...(await this.#missed(user, refs, from, head)), ready];
  }

  async #backlog(
    user: SignedInUser,
    { includeRead }: StreamRequest,
    head: FeedHead,
  ): Promise<StreamEvent[]> {
    const { messages } = await this.#inbox.list(user, {
      scope: 'all',
      isRead: includeRead ? undefined : false,
      orderBy: 'created',
      direction: 'desc',
      limit: this.#limits.backlog,
      offset: 0,
    });
    // In the order of the feed, so that a client can go on from any of them.
    return messages
      .filter(({ seq }) => seq <= head.seq)
      .sort((a, b) => a.seq - b.seq)
      .map(message => toMessageEvent(message, head));
  }

  async #missed(
    user: SignedInUser,
    refs: ReadonlySet<string>,
    from: number,
    head: FeedHead,
  ): Promise<StreamEvent[]> {
    const events: StreamEvent[] = [];
    let seq = from;
    while (seq < head.seq) {
      const entries = await this.#feed.readAfter(seq, ENTRIES_PER_READ);
      const batch = entries
        .filter(entry => entry.seq <= head.seq)
        .map(entry => eventFor(user, refs, entry, head))
        .filter(event => event !== undefined);
      events.push(...(await this.#withReadState(user, batch)));
      seq = entries.at(-1)?.seq ?? head.seq;
    }
    return events;
  }

  /** What was missed may have been read since, or count as read beforehand. */
  async #withReadState(
    user: SignedInUser,
    events: StreamEvent[],
  ): Promise<StreamEvent[]> {
    const ids = events.flatMap(event =>
      event.type === 'message' ? [event.message.id] : [],
    );
    if (ids.length === 0) {
      return events;
    }
    const { messages } = await this.#inbox.list(user, {
      scope: 'all',
      ids,
      orderBy: 'created',
      direction: 'desc',
      limit: ids.length,
      offset: 0,
    });
    const now = new Map(messages.map(message => [message.id, message]));
    return events.map(event =>
      event.type === 'message'
        ? { ...event, message: now.get(event.message.id) ?? event.message }
        : event,
    );
  }

  #deliver(
    stream: OpenStream,
    entry: FeedEntry,
    head: FeedHead,
    close: () => void,
  ): void {
    if (entry.seq <= head.seq) {
      return;
    }
    const event = eventFor(stream.user, stream.refs, entry, head);
    if (!event) {
      return;
    }
    if (stream.sink.pendingBytes > this.#limits.pendingBytes) {
      close();
      stream.sink.end();
      return;
    }
    stream.sink.send(event);
  }
}

function toMessageEvent(
  message: InboxMessage,
  { epoch }: FeedHead,
): StreamEvent {
  return {
    type: 'message',
    message,
    cursor: writeFeedCursor({ epoch, seq: message.seq }),
  };
}

/** What an entry means to one user, if anything. */
function eventFor(
  user: SignedInUser,
  refs: ReadonlySet<string>,
  entry: FeedEntry,
  head: FeedHead,
): StreamEvent | undefined {
  if (entry.kind === 'read') {
    const { messageIds, isRead, seq } = entry;
    const cursor = writeFeedCursor({ epoch: head.epoch, seq });
    return entry.userRef === user.userRef
      ? { type: 'read', messageIds, isRead, cursor }
      : undefined;
  }
  // Just sent, it is unread.
  return entry.message && entry.targets.some(ref => refs.has(ref))
    ? toMessageEvent({ ...entry.message, isRead: false }, head)
    : undefined;
}
