import { SignedInUser } from '../audience/Audience';
import { Feed, FeedHead } from '../feed/Feed';
import { resumableSeq, writeFeedCursor } from '../feed/FeedCursor';
import { Inbox } from '../messages/Inbox';
import { InboxPage, InboxPosition } from '../messages/MessageStore';
import { StreamReader, eventFor, toMessageEvent } from './eventFor';
import { StreamEvent } from './StreamEvent';

export type PastLimits = {
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

const ENTRIES_PER_READ = 200;
const MESSAGES_PER_READ = 200;

/** What a stream tells before anything comes. */
export class StreamPast {
  readonly #feed: Feed;
  readonly #inbox: Inbox;
  readonly #limits: PastLimits;

  constructor(options: { feed: Feed; inbox: Inbox; limits: PastLimits }) {
    this.#feed = options.feed;
    this.#inbox = options.inbox;
    this.#limits = options.limits;
  }

  /** What was missed, or else the backlog. Ends with `ready`, at the head. */
  async *tell(
    user: SignedInUser,
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
      yield* this.#missed(user, reader, from, head);
    } else {
      if (request.after !== undefined) {
        const cursor = writeFeedCursor({ epoch: head.epoch, seq: 0 });
        yield { type: 'reset', cursor };
      }
      hasOlder = yield* this.#backlog(user, request, head);
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
    user: SignedInUser,
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
      yield* await this.#withReadState(user, events);
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
}
