import {
  PreferenceDefaults,
  PreferenceRule,
  WEB_CHANNEL,
} from '@herald/backstage-plugin-notifications-common';
import { NIL } from 'uuid';
import { Audience, SignedInUser } from '../audience/Audience';
import { Feed, FeedEntry, FeedHead } from '../feed/Feed';
import { writeFeedCursor } from '../feed/FeedCursor';
import { FeedTailer } from '../feed/FeedTailer';
import { Inbox } from '../messages/Inbox';
import { EVERYBODY } from '../messages/Message';
import { mutingRules } from '../messages/muting';
import { Telemetry } from '../Telemetry';
import { StreamReader, eventFor } from './eventFor';
import { SortedRefs } from './SortedRefs';
import { StreamEvent, StreamSink } from './StreamEvent';
import { PastLimits, StreamPast, StreamRequest } from './StreamPast';
import { PlaceLimits, StreamPlaces } from './StreamPlaces';

export type StreamLimits = PlaceLimits &
  PastLimits & {
    /** A reader who is further behind is dropped. */
    pendingBytes: number;
  };

/** A cursor of no feed: who comes back with it begins anew, with what is theirs by then. */
const START_OVER: StreamEvent = {
  type: 'reset',
  cursor: writeFeedCursor({ epoch: NIL, seq: 0 }),
};

type OpenStream = StreamReader & {
  rules: readonly PreferenceRule[];
  sink: StreamSink;
  /** Where the past ends, and what is delivered begins. */
  head: FeedHead;
  /**
   * What waits while the past is being told, or it is read anew what the reader wants to be told of, so that everything comes in its order.
   */
  waiting: FeedEntry[] | undefined;
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
    try {
      const refs = [...(await this.#audience.refsOf(user)), EVERYBODY];
      // Listening comes first: what is committed while the past is being told waits.
      stopListening = await this.#tailer.listen(entry => {
        if (stream) {
          this.#deliver(stream, entry);
        } else {
          early.push(entry);
        }
      });
      const head = await this.#feed.head();
      const reader = {
        userRef: user.userRef,
        refs: new SortedRefs(refs),
        ...(await this.#preferences(user.userRef)),
      };
      const past = this.#past.tell(user, reader, request, head);
      // What cannot be read is found out while it can still be refused.
      const first = await past.next();

      const sink = await connect();
      stream = { ...reader, sink, head, waiting: early.splice(0) };
      this.#keep(stream, stopListening, release);
      await this.#tell(sink, first, past);
      this.#deliverWaiting(stream);
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

  /**
   * Ends the streams of people whose groups are not what they were when the stream was opened, and lets them start over: other messages
   * than before are theirs, older ones among them. One round at a time.
   */
  async endWhereMembershipChanged(): Promise<void> {
    this.#membershipRound ??= this.#endWhereChanged().finally(() => {
      this.#membershipRound = undefined;
    });
    return this.#membershipRound;
  }

  async #endWhereChanged(): Promise<void> {
    const streams = [...this.#open];
    const refsByUser = await this.#audience
      .refsOfAll(streams.map(({ userRef }) => userRef))
      // Nobody knows who belongs where: streams go on, as lists do.
      .catch(() => undefined);
    if (!refsByUser) {
      return;
    }
    for (const stream of streams) {
      // Gone from the catalog: the client finds out when it comes back.
      const refs = refsByUser.get(stream.userRef) ?? [];
      const isSame =
        refs.length + 1 === stream.refs.size &&
        refs.every(ref => stream.refs.has(ref));
      if (!isSame) {
        stream.sink.send(START_OVER);
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

  /** By itself, so that what is called once a stream is over keeps no more of how it began. */
  #keep(
    stream: OpenStream,
    stopListening: () => void,
    release: () => void,
  ): void {
    this.#open.add(stream);
    stream.sink.onClose(() => {
      this.#open.delete(stream);
      stopListening();
      release();
    });
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

  #deliver(stream: OpenStream, entry: FeedEntry): void {
    const { head, waiting, sink } = stream;
    if (entry.seq <= head.seq) {
      return;
    }
    if (waiting) {
      if (waiting.push(entry) > this.#limits.replay) {
        sink.drop();
      }
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
    stream.waiting = [];
    this.#readPreferences(stream, entry).then(
      () => {
        this.#send(stream, event);
        this.#deliverWaiting(stream);
      },
      // It comes back, and begins with what is stored by then.
      () => sink.end(),
    );
  }

  /** One of them may be what the rest has to wait for. */
  #deliverWaiting(stream: OpenStream): void {
    const waiting = stream.waiting ?? [];
    stream.waiting = undefined;
    waiting.forEach(entry => this.#deliver(stream, entry));
  }

  async #preferences(userRef: string) {
    const { rules, defaults } = await this.#inbox.preferences(userRef);
    return { rules, muting: mutingRules(WEB_CHANNEL, rules, defaults) };
  }

  /** A change of the defaults concerns every stream, and is read once for all. */
  async #readPreferences(
    stream: OpenStream,
    { seq, userRef }: FeedEntry & { kind: 'preferences' },
  ): Promise<void> {
    if (userRef !== EVERYBODY) {
      Object.assign(stream, await this.#preferences(stream.userRef));
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
