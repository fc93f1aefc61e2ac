import { Knex } from 'knex';
import { InboxFilter, InboxPosition } from '../messages/MessageStore';
import { InboxBranches } from './inboxBranches';
import { InboxConditions } from './inboxConditions';
import { ReaderState } from './readerState';

/** A message that reaches the reader. */
export type VisibleMessage = {
  messageId: string;
  seq: number;
  /** Whether it lies at or below the floor of every ref through which it comes. */
  isBelow: boolean;
  /** What a mark copies: one of the refs, where that cannot change. */
  ref: string | null;
  origin: string | null;
  topic: string | null;
  expiresAt: number | null;
};

/** After a `seq` and up to another, and up to a place in the list where there is one. */
export type SeqRange = {
  afterSeq: number;
  upToSeq: number;
  upTo?: InboxPosition;
};

/**
 * What reaches one reader, beside pages and counts of it. A message can come through several refs; it is read when its reader said
 * so of this very `seq`, else when it lies at or below the floor of every ref it comes through.
 */
export class InboxQueries {
  readonly #knex: Knex;
  readonly #conditions: InboxConditions;
  readonly #branches: InboxBranches;

  constructor(knex: Knex, state: ReaderState, scope: InboxFilter['scope']) {
    this.#knex = knex;
    this.#conditions = new InboxConditions(knex, state, scope);
    this.#branches = new InboxBranches(this.#conditions);
  }

  /** The origins and topics of what reaches the reader, muted ones too; by name. */
  async origins(
    limit: number,
  ): Promise<{ origin: string; topic: string | null }[]> {
    const query = this.#conditions.reaching();
    this.#conditions.alive(query);
    return query
      .whereNotNull('t.origin')
      .distinct('t.origin', 't.topic')
      .orderBy(['t.origin', 't.topic'])
      .limit(limit);
  }

  /** What of these ids reaches the reader; by id, so that all who write marks lock them in one order. */
  async visible(messageIds: readonly string[]): Promise<VisibleMessage[]> {
    const filter: InboxFilter = { scope: 'all', ids: messageIds };
    const page = this.#branches
      .merged(filter, terms =>
        this.#conditions
          .targets(terms, filter)
          .select('t.ref', 't.origin', 't.topic', 't.expires_at', 't.is_plain'),
      )
      .select('merged.origin', 'merged.topic', 'merged.expires_at');
    const rows = await page
      .select(
        this.#knex.raw(
          'CASE WHEN merged.is_plain THEN min(merged.ref) END AS ref',
        ),
      )
      .groupBy(
        'merged.origin',
        'merged.topic',
        'merged.expires_at',
        'merged.is_plain',
      )
      .orderBy('merged.message_id');
    return rows.map(row => ({
      messageId: row.message_id,
      seq: Number(row.seq),
      isBelow: Number(row.is_below) === 1,
      ref: row.ref,
      origin: row.origin,
      topic: row.topic,
      expiresAt: row.expires_at === null ? null : Number(row.expires_at),
    }));
  }

  /** Where a message stands that reaches the reader, or did until it expired. */
  async positionOf(messageId: string): Promise<InboxPosition | undefined> {
    const query = this.#conditions.reaching().where('t.message_id', messageId);
    this.#conditions.notExcluded(query);
    const row = await query.first('t.sort_at', 't.seq');
    return row && { sortAt: Number(row.sort_at), seq: Number(row.seq) };
  }

  /** The lowest `seq` of what is sent to the reader's refs and stands after a place in the list; also of what they do not see. */
  async firstSeqBeyond(place: InboxPosition): Promise<number | undefined> {
    const row = await this.#conditions
      .reaching()
      .whereRaw('(t.sort_at, t.seq) > (?, ?)', [place.sortAt, place.seq])
      .min({ seq: 't.seq' })
      .first();
    return row?.seq === null ? undefined : Number(row?.seq);
  }

  /** Every message of a range that matches and is unread. */
  unreadMatching(filter: InboxFilter, range: SeqRange): Knex.QueryBuilder {
    const unread = { ...filter, isRead: false, isArchived: false };
    return this.#branches.merged(unread, terms => {
      const targets = this.#conditions
        .targets(terms, unread)
        .where('t.seq', '>', range.afterSeq)
        .where('t.seq', '<=', range.upToSeq);
      if (range.upTo) {
        const { sortAt, seq } = range.upTo;
        targets.whereRaw('(t.sort_at, t.seq) <= (?, ?)', [sortAt, seq]);
      }
      return targets;
    });
  }
}
