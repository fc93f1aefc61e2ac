import {
  PreferenceDefaults,
  PreferenceRule,
  WEB_CHANNEL,
} from '@herald/backstage-plugin-notifications-common';
import { Audience, SignedInUser } from '../audience/Audience';
import { Feed, FeedAudience, FeedEntry, FeedHead } from '../feed/Feed';
import { resumableSeq, writeFeedCursor } from '../feed/FeedCursor';
import { FeedTailer } from '../feed/FeedTailer';
import { Inbox } from '../messages/Inbox';
import { EVERYBODY, InboxMessage } from '../messages/Message';
import { MutingRule, isMuted, mutingRules } from '../messages/muting';
import { InboxPage, InboxPosition } from '../messages/MessageStore';
import { Telemetry } from '../Telemetry';
import { TooManyRequestsError } from '../TooManyRequestsError';
import { StreamEvent, StreamSink } from './StreamEvent';

export type StreamLimits = {
  perUser: number;
  inAll: number;
  /** A reader who is further behind is dropped. */
  pendingBytes: number;
  /** How many messages a stream begins with, at the most: the newest ones. */
  backlog: number;
  /** How many entries of the feed are replayed, at the most; who is further behind starts over. */
  replay: number;
};

export type StreamRequest = {
  includeRead: boolean;
  /** The cursor of the last event that the client has seen. */
  after?: string;
};

/** Who reads, and what is for them. */
type StreamReader = {
  user: SignedInUser;
  refs: ReadonlySet<string>;
  rules: readonly PreferenceRule[];
  muting: readonly MutingRule[];
};

type OpenStream = StreamReader & {
  sink: StreamSink;
  /** What waits while it is read anew what the reader wants to be told of, so that everything comes in its order. */
  waiting?: FeedEntry[];
};

const RETRY_AFTER_SECONDS = 30;
const ENTRIES_PER_READ = 200;
const MESSAGES_PER_READ = 200;

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
  readonly #telemetry: Pick<Telemetry, 'streamDropped'>;
  readonly #open = new Set<OpenStream>();
  readonly #perUser = new Map<string, number>();
  #reserved = 0;
  /** As of a change of theirs. */
  #defaults: { seq: number; document: Promise<PreferenceDefaults> } | undefined;
  #isClosed = false;
  #membershipRound: Promise<void> | undefined;

  constructor(options: {
    feed: Feed;
    tailer: FeedTailer;
    inbox: Inbox;
    audience: Audience;
    limits: StreamLimits;
    telemetry: Pick<Telemetry, 'streamDropped'>;
  }) {
    this.#feed = options.feed;
    this.#tailer = options.tailer;
    this.#inbox = options.inbox;
    this.#audience = options.audience;
    this.#limits = options.limits;
    this.#telemetry = options.telemetry;
  }

  /**
   * Tells the sink the backlog, or what was missed since the cursor, and then what comes, until its connection is gone.
   *
   * @param connect - opens the sink; called once nothing can refuse the stream any more
   * @returns when the past has been told
   * @throws TooManyRequestsError where the user, or all together, have as many streams as they may
   */
  async open(
    user: SignedInUser,
    request: StreamRequest,
    connect: () => Promise<StreamSink>,
  ): Promise<void> {
    const release = this.#reserve(user.userRef);
    let stream: OpenStream | undefined;
    let stopListening = () => {};
    const early: FeedEntry[] = [];
    let deliver = (entry: FeedEntry): void => {
      if (early.push(entry) > this.#limits.replay) {
        stream?.sink.drop();
      }
    };
    try {
      const refs = new Set([...(await this.#audience.refsOf(user)), EVERYBODY]);
      // Listening comes first: what is committed while the past is being told waits in `early`.
      stopListening = await this.#tailer.listen(entry => deliver(entry));
      const head = await this.#feed.head();
      const reader = { user, refs, ...(await this.#preferences(user)) };
      const past = this.#past(reader, request, head);
      // What cannot be read is found out while it can still be refused.
      const first = await past.next();

      const opened: OpenStream = { ...reader, sink: await connect() };
      stream = opened;
      this.#open.add(opened);
      opened.sink.onClose(() => {
        this.#open.delete(opened);
        stopListening();
        release();
      });
      await this.#tell(opened.sink, first, past);
      deliver = entry => this.#deliver(opened, entry, head);
      early.forEach(deliver);
    } catch (error) {
      if (stream) {
        stream.sink.drop();
      } else {
        stopListening();
        release();
      }
      throw error;
    }
  }

  /** Ends the streams of people whose groups are not what they were when the stream was opened. One round at a time. */
  async endWhereMembershipChanged(): Promise<void> {
    this.#membershipRound ??= this.#endWhereChanged().finally(() => {
      this.#membershipRound = undefined;
    });
    return this.#membershipRound;
  }

  async #endWhereChanged(): Promise<void> {
    const streams = [...this.#open];
    const refsByUser = await this.#audience
      .refsOfAll(streams.map(({ user }) => user.userRef))
      // Nobody knows who belongs where: streams go on, as lists do.
      .catch(() => undefined);
    if (!refsByUser) {
      return;
    }
    for (const stream of streams) {
      // Gone from the catalog: the client finds out when it comes back.
      const refs = refsByUser.get(stream.user.userRef) ?? [];
      const isSame =
        refs.length + 1 === stream.refs.size &&
        refs.every(ref => stream.refs.has(ref));
      if (!isSame) {
        stream.sink.end();
      }
    }
  }

  /** How many streams are open. */
  get size(): number {
    return this.#open.size;
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
    if (
      this.#isClosed ||
      inUse >= this.#limits.perUser ||
      this.#reserved >= this.#limits.inAll
    ) {
      throw new TooManyRequestsError(
        'There are as many streams open as there may be',
        RETRY_AFTER_SECONDS,
      );
    }
    this.#perUser.set(userRef, inUse + 1);
    this.#reserved += 1;
    return () => {
      this.#reserved -= 1;
      const left = (this.#perUser.get(userRef) ?? 1) - 1;
      if (left > 0) {
        this.#perUser.set(userRef, left);
      } else {
        this.#perUser.delete(userRef);
      }
    };
  }

  /** Writes no faster than the reader takes it. */
  async #tell(
    sink: StreamSink,
    first: IteratorResult<StreamEvent>,
    past: AsyncIterator<StreamEvent>,
  ): Promise<void> {
    let next = first;
    while (!next.done && !sink.isOver) {
      sink.send(next.value);
      if (sink.pendingBytes > this.#limits.pendingBytes) {
        await sink.drained();
      }
      next = await past.next();
    }
  }

  /** What the stream begins with: what was missed, or else the backlog. Ends with `ready`, at the head. */
  async *#past(
    reader: StreamReader,
    request: StreamRequest,
    head: FeedHead,
  ): AsyncGenerator<StreamEvent> {
    const from =
      request.after === undefined
        ? undefined
        : resumableSeq(request.after, head, this.#limits.replay);
    let hasOlder = false;
    if (from !== undefined) {
      yield* this.#missed(reader, from, head);
    } else {
      if (request.after !== undefined) {
        const cursor = writeFeedCursor({ epoch: head.epoch, seq: 0 });
        yield { type: 'reset', cursor };
      }
      hasOlder = yield* this.#backlog(reader.user, request, head);
    }
    yield { type: 'ready', hasOlder, cursor: writeFeedCursor(head) };
  }

  /**
   * The newest ones, in the order of the feed, so that a client can go on from any of them.
   *
   * @returns whether there are older ones
   */
  async *#backlog(
    user: SignedInUser,
    { includeRead }: StreamRequest,
    head: FeedHead,
  ): AsyncGenerator<StreamEvent, boolean> {
    const { backlog } = this.#limits;
    const all = {
      scope: 'all',
      isRead: includeRead ? undefined : false,
      orderBy: 'seq',
    } as const;
    const read = (after: InboxPosition): Promise<InboxPage> =>
      this.#inbox.list(user, {
        ...all,
        direction: 'asc',
        limit: Math.min(MESSAGES_PER_READ, backlog),
        after,
      });
    let page = await read({ sortAt: 0, seq: 0 });
    const beyond = page.next
      ? await this.#inbox.list(user, {
          ...all,
          direction: 'desc',
          limit: 1,
          offset: backlog,
        })
      : undefined;
    const newestLeftOut = beyond?.messages.at(0);
    if (newestLeftOut) {
      page = await read({ sortAt: 0, seq: newestLeftOut.seq });
    }
    for (;;) {
      for (const message of page.messages) {
        if (message.seq <= head.seq) {
          yield toMessageEvent(message, head);
        }
      }
      if (!page.next || page.next.seq >= head.seq) {
        return newestLeftOut !== undefined;
      }
      page = await read(page.next);
    }
  }

  async *#missed(
    reader: StreamReader,
    from: number,
    head: FeedHead,
  ): AsyncGenerator<StreamEvent> {
    let seq = from;
    while (seq < head.seq) {
      const entries = await this.#feed.readAfter(seq, ENTRIES_PER_READ);
      const events = entries
        .filter(entry => entry.seq <= head.seq)
        .map(entry => eventFor(reader, entry, head))
        .filter(event => event !== undefined);
      yield* await this.#withReadState(reader.user, events);
      seq = entries.at(-1)?.seq ?? head.seq;
    }
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
    // What is not there any more, expired or purged, is not told of.
    return events.flatMap(event => {
      if (event.type !== 'message') {
        return event;
      }
      const message = now.get(event.message.id);
      return message ? { ...event, message } : [];
    });
  }

  #deliver(stream: OpenStream, entry: FeedEntry, head: FeedHead): void {
    if (entry.seq <= head.seq) {
      return;
    }
    if (stream.waiting) {
      stream.waiting.push(entry);
      return;
    }
    const event = eventFor(stream, entry, head);
    if (!event) {
      return;
    }
    if (entry.kind !== 'preferences') {
      this.#send(stream, event);
      return;
    }
    const waiting: FeedEntry[] = [];
    stream.waiting = waiting;
    this.#readPreferences(stream, entry).then(
      () => {
        this.#send(stream, event);
        stream.waiting = undefined;
        waiting.forEach(next => this.#deliver(stream, next, head));
      },
      // It comes back, and begins with what is stored by then.
      () => stream.sink.end(),
    );
  }

  async #preferences(user: SignedInUser) {
    const { rules, defaults } = await this.#inbox.preferences(user);
    return { rules, muting: mutingRules(WEB_CHANNEL, rules, defaults) };
  }

  /** A change of the defaults concerns every stream, and is read once for all. */
  async #readPreferences(
    stream: OpenStream,
    { seq, userRef }: FeedEntry & { kind: 'preferences' },
  ): Promise<void> {
    if (userRef !== EVERYBODY) {
      Object.assign(stream, await this.#preferences(stream.user));
      return;
    }
    if (this.#defaults?.seq !== seq) {
      this.#defaults = { seq, document: this.#inbox.defaults() };
    }
    stream.muting = mutingRules(
      WEB_CHANNEL,
      stream.rules,
      await this.#defaults.document,
    );
  }

  #send({ sink }: OpenStream, event: StreamEvent): void {
    if (sink.pendingBytes > this.#limits.pendingBytes) {
      sink.drop();
      this.#telemetry.streamDropped();
    } else {
      sink.send(event);
    }
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

/** What an entry means to one reader, if anything. */
function eventFor(
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
      const isSaved = savedBy?.has(reader.user.userRef) ?? false;
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
      return [reader.user.userRef, EVERYBODY].includes(entry.userRef)
        ? { type: 'refresh', isForAll: entry.userRef === EVERYBODY, cursor }
        : undefined;
    default: {
      const { kind, messageIds, value } = entry;
      return entry.userRef === reader.user.userRef
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
