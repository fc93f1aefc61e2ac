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
  readonly #knex: Knex;
  readonly #userRef: string;
  readonly #floors: readonly ReadFloor[];

  constructor(knex: Knex, userRef: string, floors: readonly ReadFloor[]) {
    this.#knex = knex;
    this.#userRef = userRef;
    this.#floors = floors;
  }

  async page(request: InboxPageRequest, limit: number): Promise<InboxRow[]> {
    switch (request.orderBy) {
      case 'created':
        return this.#pageByKeyset(request, ['sort_at', 'seq'], limit);
      case 'seq':
        return this.#pageByKeyset(request, ['seq'], limit);
      default:
        return this.#pageInTextOrder(
          request,
          ORDER_COLUMNS[request.orderBy],
          limit,
        );
    }
  }

  /** The newest or oldest of each ref, merged: what is read does not grow with what is stored. */
  async #pageByKeyset(
    request: InboxPageRequest,
    columns: readonly ('sort_at' | 'seq')[],
    limit: number,
  ): Promise<InboxRow[]> {
    const offset = 'offset' in request ? request.offset : 0;
    const order = (table: string) =>
      columns.map(column => ({
        column: `${table}.${column}`,
        order: request.direction,
      }));
    const branches = this.#floors.map(floor => {
      const branch = this.#targets(floor, request)
        .orderBy(order('t'))
        .limit(offset + limit);
      if ('after' in request) {
        this.#beyond(branch, columns, request.after, request.direction);
      }
      return this.#knex.select('*').from(branch.as('newest'));
    });
    const page = this.#merged(branches)
      .orderBy(order('merged'))
      .limit(limit)
      .offset(offset);
    return this.#rows(page).orderBy(order('page'));
  }

  /** By what the message says; reads all that reaches the reader. */
  async #pageInTextOrder(
    request: InboxPageRequest,
    column: string,
    limit: number,
  ): Promise<InboxRow[]> {
    const { direction } = request;
    const page = this.#merged(
      this.#floors.map(floor => this.#targets(floor, request)),
    );
    return (
      this.#rows(page)
        // Messages without a topic stand together at the same end on both engines.
        .orderByRaw(`CASE WHEN ?? IS NULL THEN 0 ELSE 1 END ${direction}`, [
          column,
        ])
        .orderByRaw(
          this.#knex.raw(`? ${direction}`, [byteOrder(this.#knex, column)]),
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
    const rows = await this.#knex('herald_target')
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

  /** Each message once. What stands at the top of the merger stands at the top of every branch in which it is. */
  #merged(branches: Knex.QueryBuilder[]) {
    return this.#knex
      .from(this.#knex.unionAll(branches).as('merged'))
      .groupBy('merged.message_id', 'merged.sort_at', 'merged.seq')
      .select('merged.message_id', 'merged.sort_at', 'merged.seq')
      .min({ is_below: 'merged.is_below' });
  }

  #rows(page: Knex.QueryBuilder) {
    return this.#withMark(
      this.#knex
        .from(page.as('page'))
        .join('herald_message as m', 'm.id', 'page.message_id'),
      'page',
    ).select<InboxRow[]>(
      'm.id',
      'page.seq',
      'page.sort_at',
      'm.created_at',
      'm.is_system',
      'm.origin',
      'm.title',
      'm.message',
      'm.topic',
      'm.actions',
      this.#knex.raw(
        'CASE WHEN mark.is_read IS NULL THEN page.is_below = 1 ELSE mark.is_read END AS is_read',
      ),
    );
  }

  /** The target rows of one ref that match a filter. */
  #targets(floor: ReadFloor, filter: InboxFilter): Knex.QueryBuilder {
    const query = this.#knex('herald_target as t')
      .where('t.ref', floor.ref)
      .select(
        't.message_id',
        't.sort_at',
        't.seq',
        this.#knex.raw('CASE WHEN t.seq <= ? THEN 1 ELSE 0 END AS is_below', [
          floor.floorSeq,
        ]),
      );
    this.#matching(query, filter);
    if (filter.isRead === false) {
      this.#withMark(query, 't').whereRaw(
        'CASE WHEN mark.is_read IS NULL THEN t.seq > ? ELSE NOT mark.is_read END',
        [floor.floorSeq],
      );
    }
    if (filter.isRead === true) {
      this.#withMark(query, 't').whereRaw(
        'CASE WHEN mark.is_read IS NULL THEN t.seq <= ? AND NOT EXISTS ? ELSE mark.is_read END',
        [floor.floorSeq, this.#unreadElsewhere(floor)],
      );
    }
    return query;
  }

  /** What the reader said of the message, where they did. */
  #withMark(query: Knex.QueryBuilder, table: 't' | 'page') {
    return query.leftJoin('herald_read_mark as mark', join =>
      join
        .on('mark.message_id', `${table}.message_id`)
        .andOn('mark.seq', `${table}.seq`)
        .andOnVal('mark.user_ref', this.#userRef),
    );
  }

  /** Whether the message of `t` also comes through a ref whose floor it lies above. */
  #unreadElsewhere(floor: ReadFloor): Knex.QueryBuilder {
    return this.#knex('herald_target as other')
      .select(this.#knex.raw('1'))
      .whereRaw('other.message_id = t.message_id')
      .where(some => {
        // Never true by itself, so that there is a condition where no floor is lower.
        some.whereRaw('1 = 0');
        for (const { ref, floorSeq } of this.#floors) {
          if (floorSeq < floor.floorSeq) {
            some.orWhere(one =>
              one.where('other.ref', ref).where('other.seq', '>', floorSeq),
            );
          }
        }
      });
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

  #beyond(
    query: Knex.QueryBuilder,
    columns: readonly ('sort_at' | 'seq')[],
    after: InboxPosition,
    direction: 'asc' | 'desc',
  ) {
    const place = { sort_at: after.sortAt, seq: after.seq };
    query.whereRaw(
      `(${columns.map(column => `t.${column}`)}) ${
        direction === 'desc' ? '<' : '>'
      } (${columns.map(() => '?')})`,
      columns.map(column => place[column]),
    );
  }

  // A message has one seq, whatever it comes through: counting those leaves the wide ids in the table.
  async #countAll(filter: InboxFilter): Promise<number> {
    const query = this.#knex('herald_target as t').whereIn(
      't.ref',
      this.#floors.map(({ ref }) => ref),
    );
    this.#matching(query, filter);
    return Number(
      (await query.countDistinct({ count: 't.seq' }).first())?.count ?? 0,
    );
  }

  /** Above a floor and not marked as read, or below and marked as unread. */
  async #countUnread(filter: InboxFilter): Promise<number> {
    const refsByFloor = new Map<number, string[]>();
    for (const { ref, floorSeq } of this.#floors) {
      refsByFloor.set(floorSeq, [...(refsByFloor.get(floorSeq) ?? []), ref]);
    }
    const branches = [...refsByFloor].map(([floorSeq, refs]) => {
      const branch = this.#knex('herald_target as t')
        .select('t.seq')
        .whereIn('t.ref', refs)
        .where('t.seq', '>', floorSeq);
      this.#matching(branch, filter);
      return branch;
    });
    const highestFloor = Math.max(0, ...refsByFloor.keys());
    if (highestFloor > 0) {
      branches.push(this.#markedUnread(highestFloor, filter));
    }
    const row = await this.#knex
      .from(this.#knex.unionAll(branches).as('u'))
      .leftJoin('herald_read_mark as done', join =>
        join
          .on('done.seq', 'u.seq')
          .andOnVal('done.user_ref', this.#userRef)
          .andOnVal('done.is_read', true),
      )
      .whereNull('done.seq')
      .countDistinct({ count: 'u.seq' })
      .first();
    return Number(row?.count ?? 0);
  }

  #markedUnread(upToSeq: number, filter: InboxFilter): Knex.QueryBuilder {
    const query = this.#knex('herald_read_mark as mark')
      .join('herald_target as t', join =>
        join.on('t.message_id', 'mark.message_id').andOn('t.seq', 'mark.seq'),
      )
      .select('t.seq')
      .where('mark.user_ref', this.#userRef)
      .where('mark.is_read', false)
      .where('mark.seq', '<=', upToSeq)
      .whereIn(
        't.ref',
        this.#floors.map(({ ref }) => ref),
      );
    this.#matching(query, filter);
    return query;
  }
}
