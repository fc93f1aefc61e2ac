import { Knex } from 'knex';
import { foldText } from '../messages/foldText';
import {
  InboxFilter,
  InboxPageRequest,
  InboxPosition,
} from '../messages/MessageStore';
import { byteOrder, containsPattern } from './engine';
import { MessageRow } from './messageRow';
import { ReadFloor } from './readFloors';

const ORDER_COLUMNS = {
  title: 'm.title_folded',
  message: 'm.message_folded',
  topic: 'm.topic',
  origin: 'm.origin',
} as const;

/** One row of a page: a message, and whether it is read. */
export type InboxRow = MessageRow & {
  sort_at: string | number;
  is_read: boolean | number;
};

/**
 * The queries over what reaches one reader. A message can come through several refs; it is read when its reader said so of this
 * very `seq`, else when it lies at or below the floor of every ref it comes through.
 */
export class InboxQueries {
  readonly #tx: Knex.Transaction;
  readonly #userRef: string;
  readonly #floors: readonly ReadFloor[];

  constructor(
    tx: Knex.Transaction,
    userRef: string,
    floors: readonly ReadFloor[],
  ) {
    this.#tx = tx;
    this.#userRef = userRef;
    this.#floors = floors;
  }

  async page(request: InboxPageRequest, limit: number): Promise<InboxRow[]> {
    return request.orderBy === 'created'
      ? this.#pageInCreatedOrder(request, limit)
      : this.#pageInTextOrder(request, ORDER_COLUMNS[request.orderBy], limit);
  }

  /** The newest or oldest of each ref, merged: what is read does not grow with what is stored. */
  async #pageInCreatedOrder(
    request: InboxPageRequest,
    limit: number,
  ): Promise<InboxRow[]> {
    const offset = 'offset' in request ? request.offset : 0;
    const order = [
      { column: 'sort_at', order: request.direction },
      { column: 'seq', order: request.direction },
    ];
    const branches = this.#floors.map(floor => {
      const branch = this.#targets(floor, request)
        .select('t.message_id', 't.sort_at', 't.seq', this.#isRead(floor))
        .orderBy(order.map(o => ({ ...o, column: `t.${o.column}` })))
        .limit(offset + limit);
      if ('after' in request) {
        this.#beyond(branch, request.after, request.direction);
      }
      return this.#tx.select('*').from(branch.as('newest'));
    });
    const page = this.#tx
      .distinct('message_id', 'sort_at', 'seq', 'is_read')
      .from(this.#tx.unionAll(branches).as('merged'))
      .orderBy(order)
      .limit(limit)
      .offset(offset);
    return this.#rows(page).orderBy(
      order.map(o => ({ ...o, column: `page.${o.column}` })),
    );
  }

  /** By what the message says; reads all that reaches the reader. */
  async #pageInTextOrder(
    request: InboxPageRequest,
    column: string,
    limit: number,
  ): Promise<InboxRow[]> {
    const { direction } = request;
    const branches = this.#floors.map(floor =>
      this.#targets(floor, request).select(
        't.message_id',
        't.sort_at',
        't.seq',
        this.#isRead(floor),
      ),
    );
    const page = this.#tx
      .distinct('message_id', 'sort_at', 'seq', 'is_read')
      .from(this.#tx.unionAll(branches).as('merged'));
    return (
      this.#rows(page)
        // Messages without a topic stand together at the same end on both engines.
        .orderByRaw(`CASE WHEN ?? IS NULL THEN 0 ELSE 1 END ${direction}`, [
          column,
        ])
        .orderByRaw(
          this.#tx.raw(`? ${direction}`, [byteOrder(this.#tx, column)]),
        )
        .orderBy([
          { column: 'page.sort_at', order: 'desc' },
          { column: 'page.seq', order: 'desc' },
        ])
        .limit(limit)
        .offset('offset' in request ? request.offset : 0)
    );
  }

  async count(filter: InboxFilter): Promise<number> {
    if (filter.isRead === undefined) {
      return this.#countAll(filter);
    }
    const unread = await this.#countUnread(filter);
    return filter.isRead ? (await this.#countAll(filter)) - unread : unread;
  }

  /** What of these ids reaches the reader, with its present `seq`; by id, so that all who write marks lock them in one order. */
  async visible(
    messageIds: readonly string[],
  ): Promise<{ messageId: string; seq: number }[]> {
    const rows = await this.#tx('herald_target')
      .whereIn('message_id', messageIds)
      .whereIn(
        'ref',
        this.#floors.map(({ ref }) => ref),
      )
      .distinct('message_id', 'seq')
      .orderBy('message_id');
    return rows.map(row => ({
      messageId: row.message_id,
      seq: Number(row.seq),
    }));
  }

  #rows(page: Knex.QueryBuilder) {
    return this.#tx
      .from(page.as('page'))
      .join('herald_message as m', 'm.id', 'page.message_id')
      .select<InboxRow[]>(
        'm.id',
        'page.seq',
        'page.sort_at',
        'm.created_at',
        'm.is_system',
        'page.is_read',
        'm.origin',
        'm.title',
        'm.message',
        'm.topic',
        'm.actions',
      );
  }

  /** The target rows of one ref that match a filter, with the reader's mark where there is one. */
  #targets(floor: ReadFloor, filter: InboxFilter): Knex.QueryBuilder {
    const query = this.#tx('herald_target as t')
      .leftJoin('herald_read_mark as mark', join =>
        join
          .on('mark.message_id', 't.message_id')
          .andOn('mark.seq', 't.seq')
          .andOnVal('mark.user_ref', this.#userRef),
      )
      .where('t.ref', floor.ref);
    this.#matching(query, filter);
    if (filter.isRead !== undefined) {
      query.whereRaw(`? = ${filter.isRead ? 'TRUE' : 'FALSE'}`, [
        this.#readExpression(floor),
      ]);
    }
    return query;
  }

  #matching(query: Knex.QueryBuilder, filter: InboxFilter) {
    if (filter.createdAfter) {
      query.where('t.sort_at', '>', filter.createdAfter.getTime());
    }
    if (filter.ids) {
      query.whereIn('t.message_id', filter.ids);
    }
    if (filter.containsText) {
      const pattern = containsPattern(foldText(filter.containsText));
      query
        .join('herald_message as found', 'found.id', 't.message_id')
        .whereRaw(
          `(found.title_folded LIKE ? ESCAPE '\\' OR found.message_folded LIKE ? ESCAPE '\\')`,
          [pattern, pattern],
        );
    }
  }

  #isRead(floor: ReadFloor): Knex.Raw {
    return this.#tx.raw('? AS is_read', [this.#readExpression(floor)]);
  }

  #readExpression(floor: ReadFloor): Knex.Raw {
    const lower = this.#floors.filter(other => other.floorSeq < floor.floorSeq);
    // Most readers have one floor for all their refs, and then nothing more is to be asked.
    const unreadElsewhere = this.#tx('herald_target as other')
      .select(this.#tx.raw('1'))
      .whereRaw('other.message_id = t.message_id')
      .where(some => {
        for (const { ref, floorSeq } of lower) {
          some.orWhere(one =>
            one.where('other.ref', ref).where('other.seq', '>', floorSeq),
          );
        }
      });
    return this.#tx.raw(
      `CASE WHEN mark.is_read IS NOT NULL THEN mark.is_read WHEN t.seq > ? THEN FALSE ${
        lower.length > 0 ? 'WHEN EXISTS ? THEN FALSE ' : ''
      }ELSE TRUE END`,
      [floor.floorSeq, ...(lower.length > 0 ? [unreadElsewhere] : [])],
    );
  }

  #beyond(
    query: Knex.QueryBuilder,
    after: InboxPosition,
    direction: 'asc' | 'desc',
  ) {
    query.whereRaw(
      `(t.sort_at, t.seq) ${direction === 'desc' ? '<' : '>'} (?, ?)`,
      [after.sortAt, after.seq],
    );
  }

  async #countAll(filter: InboxFilter): Promise<number> {
    const query = this.#tx('herald_target as t').whereIn(
      't.ref',
      this.#floors.map(({ ref }) => ref),
    );
    this.#matching(query, filter);
    return Number(
      (await query.countDistinct({ count: 't.message_id' }).first())?.count ??
        0,
    );
  }

  /** Above a floor and not marked as read, or marked as unread; read from the index alone. */
  async #countUnread(filter: InboxFilter): Promise<number> {
    const aboveFloor = this.#floors.map(({ ref, floorSeq }) => {
      const branch = this.#tx('herald_target as t')
        .select('t.message_id', 't.seq')
        .where('t.ref', ref)
        .where('t.seq', '>', floorSeq);
      this.#matching(branch, filter);
      return branch;
    });
    const markedUnread = this.#tx('herald_read_mark as mark')
      .join('herald_target as t', join =>
        join.on('t.message_id', 'mark.message_id').andOn('t.seq', 'mark.seq'),
      )
      .select('t.message_id', 't.seq')
      .where('mark.user_ref', this.#userRef)
      .where('mark.is_read', false)
      .whereIn(
        't.ref',
        this.#floors.map(({ ref }) => ref),
      );
    this.#matching(markedUnread, filter);

    const row = await this.#tx
      .from(this.#tx.unionAll([...aboveFloor, markedUnread]).as('u'))
      .leftJoin('herald_read_mark as done', join =>
        join
          .on('done.message_id', 'u.message_id')
          .andOn('done.seq', 'u.seq')
          .andOnVal('done.user_ref', this.#userRef)
          .andOnVal('done.is_read', true),
      )
      .whereNull('done.message_id')
      .countDistinct({ count: 'u.message_id' })
      .first();
    return Number(row?.count ?? 0);
  }
}
