import {
  PreferenceDefaults,
  PreferenceRule,
  WEB_CHANNEL,
} from '@herald/backstage-plugin-notifications-common';
import { Audience, SignedInUser } from '../audience/Audience';
import { Feed, FeedEntry, FeedHead } from '../feed/Feed';
import { FeedTailer } from '../feed/FeedTailer';
import { Inbox } from '../messages/Inbox';
import { EVERYBODY } from '../messages/Message';
import { mutingRules } from '../messages/muting';
import { Telemetry } from '../Telemetry';
import { StreamReader, eventFor } from './eventFor';
import { StreamEvent, StreamSink } from './StreamEvent';
import { PastLimits, StreamPast, StreamRequest } from './StreamPast';
import { PlaceLimits, StreamPlaces } from './StreamPlaces';

export type StreamLimits = PlaceLimits &
  PastLimits & {
    /** A reader who is further behind is dropped. */
    pendingBytes: number;
  };

type OpenStream = StreamReader & {
  rules: readonly PreferenceRule[];
  sink: StreamSink;
  /** What waits while it is read anew what the reader wants to be told of, so that everything comes in its order. */
  waiting?: FeedEntry[];
};

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
  readonly #past: StreamPast;
  readonly #places: StreamPlaces;
  readonly #open = new Set<OpenStream>();
  /** As of a change of theirs. */
  #defaults: { seq: number; document: Promise<PreferenceDefaults> } | undefined;
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
    this.#past = new StreamPast(options);
    this.#places = new StreamPlaces(options.limits);
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
    const release = this.#places.take(user.userRef);
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
      const past = this.#past.tell(reader, request, head);
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
    this.#places.close();
    for (const { sink } of [...this.#open]) {
      sink.end();
    }
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
