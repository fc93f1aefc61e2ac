import { Knex } from 'knex';
import { foldText } from '../messages/foldText';
import {
  InboxFilter,
  InboxPageRequest,
  InboxPosition,
  OriginCount,
} from '../messages/MessageStore';
import {
  byteOrder,
  containsPattern,
  isAmong,
  isPostgres,
  whereAmong,
} from './engine';
import { KEY_SEPARATOR, MutingClass, mutingClasses } from '../messages/muting';
import { MESSAGE_COLUMNS, MessageRow } from './messageRow';
import { ReadFloor, ReaderState, floorsInScope } from './readerState';

const ORDER_COLUMNS = {
  title: 'm.title_folded',
  message: 'm.message_folded',
  topic: 'm.topic',
  origin: 'm.origin',
} as const;

/** For more refs than this, one plan for all is better than a long one for each. */
const BRANCHES_WORTH_PLANNING = 100;
const BRANCHES_IN_A_UNION = 200;

/** One row of a page: a message, and what its reader said of it. */
export type InboxRow = MessageRow & {
  sort_at: string | number;
  is_read: boolean | number;
  is_archived: boolean | number;
  is_saved: boolean | number;
};

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

/** A ref and its floor within a query: values, or columns of the table of all refs. */
type FloorTerms = { ref: Knex.Raw; floorSeq: Knex.Raw };

/**
 * The queries over what reaches one reader. A message can come through several refs; it is read when its reader said so of this
 * very `seq`, else when it lies at or below the floor of every ref it comes through.
 */
export class InboxQueries {
  readonly #knex: Knex;
  readonly #state: ReaderState;
  readonly #floors: readonly ReadFloor[];

  constructor(knex: Knex, state: ReaderState, scope: InboxFilter['scope']) {
    this.#knex = knex;
    this.#state = state;
    this.#floors = floorsInScope(state.floors, scope);
  }

  async page(request: InboxPageRequest, limit: number): Promise<InboxRow[]> {
    return this.#page(request, limit);
  }

  /** Which messages are on a page, in its order, without what they say. */
  async places(
    request: InboxPageRequest,
    limit: number,
  ): Promise<Pick<InboxRow, 'id' | 'sort_at' | 'seq'>[]> {
    return this.#page(request, limit)
      .clearSelect()
      .select('m.id', 'page.sort_at', 'page.seq');
  }

  #page(request: InboxPageRequest, limit: number) {
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
  #pageByKeyset(
    request: InboxPageRequest,
    columns: readonly ('sort_at' | 'seq')[],
    limit: number,
  ) {
    const offset = 'offset' in request ? request.offset : 0;
    const order = (table: string) =>
      columns.map(column => ({
        column: `${table}.${column}`,
        order: request.direction,
      }));
    const page = this.#merged(request, floor => {
      const branch = this.#targets(floor, request)
        .orderBy(order('t'))
        .limit(offset + limit);
      if ('after' in request) {
        this.#beyond(branch, columns, request.after, request.direction);
      }
      return branch;
    })
      .orderBy(order('merged'))
      .limit(limit)
      .offset(offset);
    return this.#rows(page).orderBy(order('page'));
  }

  /** By what the message says; reads all that reaches the reader. */
  #pageInTextOrder(request: InboxPageRequest, column: string, limit: number) {
    const { direction } = request;
    const page = this.#merged(request, floor => this.#targets(floor, request));
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
      return total(this.#all(filter));
    }
    const unread = await total(this.#unread(filter));
    return filter.isRead
      ? // A message that came between the two was counted once.
        Math.max(0, (await total(this.#all(filter))) - unread)
      : unread;
  }

  /** The largest first; of equal ones in the order of their names. */
  async countByOrigin(
    filter: InboxFilter,
    limit: number,
  ): Promise<OriginCount[]> {
    const counts = new Map<string, number>();
    const add = async (query: Knex.QueryBuilder, sign: 1 | -1) => {
      for (const { origin, count } of await perOrigin(query)) {
        counts.set(origin, (counts.get(origin) ?? 0) + sign * Number(count));
      }
    };
    if (filter.isRead !== false) {
      await add(this.#all(filter), 1);
    }
    if (filter.isRead !== undefined) {
      await add(this.#unread(filter), filter.isRead ? -1 : 1);
    }
    return [...counts]
      .filter(([, count]) => count > 0)
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([origin, count]) => ({ origin, count }));
  }

  /** The origins and topics of what reaches the reader, muted ones too; by name. */
  async origins(
    limit: number,
  ): Promise<{ origin: string; topic: string | null }[]> {
    const query = whereAmong(
      this.#knex,
      this.#knex('herald_target as t'),
      't.ref',
      this.#refs(),
    );
    this.#alive(query);
    return query
      .whereNotNull('t.origin')
      .distinct('t.origin', 't.topic')
      .orderBy(['t.origin', 't.topic'])
      .limit(limit);
  }

  /** What of these ids reaches the reader; by id, so that all who write marks lock them in one order. */
  async visible(messageIds: readonly string[]): Promise<VisibleMessage[]> {
    const filter: InboxFilter = { scope: 'all', ids: messageIds };
    const page = this.#merged(filter, floor =>
      this.#targets(floor, filter).select(
        't.ref',
        't.origin',
        't.topic',
        't.expires_at',
        't.is_plain',
      ),
    ).select('merged.origin', 'merged.topic', 'merged.expires_at');
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

  /** The `seq` of a message that reaches the reader, or did until it expired. */
  async seqOf(messageId: string): Promise<number | undefined> {
    const query = whereAmong(
      this.#knex,
      this.#knex('herald_target as t').where('t.message_id', messageId),
      't.ref',
      this.#refs(),
    );
    this.#notExcluded(query);
    const row = await query.first('t.seq');
    return row && Number(row.seq);
  }

  /** Every message that matches and is unread, up to a seq, as a mark would hold it. */
  unreadMatching(filter: InboxFilter, upToSeq: number): Knex.QueryBuilder {
    return this.#merged(filter, floor =>
      this.#targets(floor, {
        ...filter,
        isRead: false,
        isArchived: false,
      }).where('t.seq', '<=', upToSeq),
    );
  }

  /** Each message once. What stands at the top of the merger stands at the top of every branch in which it is. */
  #merged(
    filter: InboxFilter,
    branch: (floor: FloorTerms) => Knex.QueryBuilder,
  ) {
    return this.#allBranches(filter, branch)
      .groupBy('merged.message_id', 'merged.sort_at', 'merged.seq')
      .select('merged.message_id', 'merged.sort_at', 'merged.seq')
      .min({ is_below: 'merged.is_below' });
  }

  /** One branch for each ref, as a table named `merged`. */
  #allBranches(
    { containsText }: InboxFilter,
    branch: (floor: FloorTerms) => Knex.QueryBuilder,
  ) {
    const raw = (sql: string, values: Knex.Value[] = []) =>
      this.#knex.raw(sql, values);
    // Planned once for all refs, where a union is planned for each. But where text is looked for, the plan has to know how
    // much there is for each ref: for some the messages are to be asked first.
    const isPlannedOnce =
      !containsText || this.#floors.length > BRANCHES_WORTH_PLANNING;
    if (isPostgres(this.#knex) && isPlannedOnce) {
      return this.#knex
        .from(this.#floorTable('f'))
        .joinRaw('CROSS JOIN LATERAL ? AS merged', [
          branch({ ref: raw('f.ref'), floorSeq: raw('f.floor_seq') }),
        ] as unknown as Knex.Value[]);
    }
    const branches = this.#floors.map(({ ref, floorSeq }) =>
      this.#knex
        .select('*')
        .from(
          branch({ ref: raw('?', [ref]), floorSeq: raw('?', [floorSeq]) }).as(
            'branch',
          ),
        ),
    );
    return this.#knex.from(this.#unionOf(branches).as('merged'));
  }

  /** SQLite takes 500 branches at a time. */
  #unionOf(branches: Knex.QueryBuilder[]): Knex.QueryBuilder {
    if (branches.length <= BRANCHES_IN_A_UNION) {
      return this.#knex.unionAll(branches);
    }
    const parts: Knex.QueryBuilder[] = [];
    for (let start = 0; start < branches.length; start += BRANCHES_IN_A_UNION) {
      const part = branches.slice(start, start + BRANCHES_IN_A_UNION);
      parts.push(
        this.#knex
          .select('*')
          .distinct()
          .from(this.#knex.unionAll(part).as('part')),
      );
    }
    return this.#knex.unionAll(parts);
  }

  #rows(page: Knex.QueryBuilder) {
    const { archivedSeq, userRef } = this.#state;
    return this.#withMark(
      this.#knex
        .from(page.as('page'))
        .join('herald_message as m', 'm.id', 'page.message_id')
        .leftJoin('herald_saved as saved', join =>
          join
            .on('saved.message_id', 'page.message_id')
            .andOnVal('saved.user_ref', userRef),
        ),
      'page',
    ).select<InboxRow[]>(
      ...MESSAGE_COLUMNS.map(column => `m.${column}`),
      'page.seq',
      'page.sort_at',
      this.#knex.raw(
        'CASE WHEN mark.is_read IS NULL THEN page.is_below = 1 ELSE mark.is_read END AS is_read',
      ),
      this.#knex.raw(
        'CASE WHEN mark.is_read IS NULL THEN page.seq <= ? ELSE mark.is_archived AND mark.is_read END AS is_archived',
        [archivedSeq],
      ),
      this.#knex.raw('saved.message_id IS NOT NULL AS is_saved'),
    );
  }

  /** The target rows of one ref that match a filter. */
  #targets(floor: FloorTerms, filter: InboxFilter): Knex.QueryBuilder {
    const { archivedSeq, hasArchived, userRef } = this.#state;
    const query = this.#knex('herald_target as t')
      .whereRaw('t.ref = ?', [floor.ref])
      .select(
        't.message_id',
        't.sort_at',
        't.seq',
        this.#knex.raw('CASE WHEN t.seq <= ? THEN 1 ELSE 0 END AS is_below', [
          floor.floorSeq,
        ]),
      );
    this.#matching(query, filter);
    const { isRead, isArchived, isSaved } = this.#implied(filter);
    const nothingIsArchived = archivedSeq === 0 && !hasArchived;
    if (nothingIsArchived && isArchived === true) {
      query.whereRaw('1 = 0');
    }
    const asksArchive = isArchived !== undefined && !nothingIsArchived;
    if (isRead !== undefined || asksArchive) {
      this.#withMark(query, 't');
    }
    if (isRead === false) {
      query.whereRaw(
        'CASE WHEN mark.is_read IS NULL THEN t.seq > ? ELSE NOT mark.is_read END',
        [floor.floorSeq],
      );
    }
    if (isRead === true) {
      query.whereRaw(
        'CASE WHEN mark.is_read IS NULL THEN t.seq <= ? AND NOT EXISTS ? ELSE mark.is_read END',
        [floor.floorSeq, this.#unreadElsewhere(floor)],
      );
    }
    if (asksArchive) {
      query.whereRaw(
        `${
          isArchived ? '' : 'NOT '
        }CASE WHEN mark.is_read IS NULL THEN t.seq <= ? ELSE mark.is_archived AND mark.is_read END`,
        [archivedSeq],
      );
    }
    if (isSaved !== undefined) {
      const saved = this.#knex('herald_saved as kept')
        .select(this.#knex.raw('1'))
        .whereRaw('kept.message_id = t.message_id')
        .where('kept.user_ref', userRef);
      if (isSaved) {
        query.whereExists(saved);
      } else {
        query.whereNotExists(saved);
      }
    }
    return query;
  }

  /** What is put away is looked at only where it is asked for. */
  #implied(filter: InboxFilter): InboxFilter {
    const isArchived =
      filter.isArchived ?? (filter.isSaved || filter.ids ? undefined : false);
    return { ...filter, isArchived };
  }

  /** What the reader said of the message, where they did. */
  #withMark(query: Knex.QueryBuilder, table: 't' | 'page') {
    return query.leftJoin('herald_read_mark as mark', join =>
      join
        .on('mark.message_id', `${table}.message_id`)
        .andOn('mark.seq', `${table}.seq`)
        .andOnVal('mark.user_ref', this.#state.userRef),
    );
  }

  /** Whether the message of `t` also comes through a ref whose floor it lies above. */
  #unreadElsewhere(floor: FloorTerms): Knex.QueryBuilder {
    return this.#knex('herald_target as other')
      .joinRaw('JOIN ? ON f2.ref = other.ref', [this.#floorTable('f2')])
      .select(this.#knex.raw('1'))
      .whereRaw('other.message_id = t.message_id')
      .whereRaw('other.seq > f2.floor_seq AND f2.floor_seq < ?', [
        floor.floorSeq,
      ]);
  }

  /** The refs and their floors as a table of a query; one value, however many they are. */
  #floorTable(name: string): Knex.Raw {
    const refs = this.#floors.map(({ ref }) => ref);
    const floors = this.#floors.map(({ floorSeq }) => floorSeq);
    return isPostgres(this.#knex)
      ? this.#knex.raw('unnest(?::text[], ?::bigint[]) AS ??(ref, floor_seq)', [
          refs as unknown as Knex.Value,
          floors as unknown as Knex.Value,
          name,
        ])
      : this.#knex.raw(
          `(SELECT json_extract(value, '$[0]') AS ref, json_extract(value, '$[1]') AS floor_seq FROM json_each(?)) AS ??`,
          [JSON.stringify(refs.map((ref, i) => [ref, floors[i]])), name],
        );
  }

  #matching(query: Knex.QueryBuilder, filter: InboxFilter) {
    this.#alive(query);
    if (filter.createdAfter) {
      query.where('t.sort_at', '>', filter.createdAfter.getTime());
    }
    if (filter.ids) {
      query.whereIn('t.message_id', filter.ids);
    } else {
      this.#heard(query, 't');
    }
    if (filter.origins) {
      query.whereIn('t.origin', filter.origins);
    }
    if (filter.topics) {
      query.whereIn('t.topic', filter.topics);
    }
    const { containsText, severities } = filter;
    if (containsText || severities) {
      query.join('herald_message as found', 'found.id', 't.message_id');
    }
    if (severities) {
      query.whereIn('found.severity', severities);
    }
    if (containsText) {
      const pattern = containsPattern(foldText(containsText));
      query.whereRaw(
        `(found.title_folded LIKE ? ESCAPE '\\' OR found.message_folded LIKE ? ESCAPE '\\')`,
        [pattern, pattern],
      );
    }
  }

  /** Not expired, and the reader is not excluded. */
  #alive(query: Knex.QueryBuilder) {
    query.whereRaw('(t.expires_at IS NULL OR t.expires_at > ?)', [
      this.#state.now,
    ]);
    this.#notExcluded(query);
  }

  #notExcluded(query: Knex.QueryBuilder) {
    query.whereRaw('(t.is_plain OR NOT EXISTS ?)', [
      this.#knex('herald_exclusion as x')
        .select(this.#knex.raw('1'))
        .whereRaw('x.message_id = t.message_id')
        .whereRaw('?', [
          isAmong(
            this.#knex,
            'x.ref',
            this.#state.floors.map(({ ref }) => ref),
          ),
        ]),
    ]);
  }

  /** Not muted. */
  #heard(query: Knex.QueryBuilder, table: 't' | 'mark') {
    const muting = mutingClasses(this.#state.muting);
    if (muting.length === 0) {
      return;
    }
    const whens = muting.flatMap(({ kind, muted, heard }) =>
      [
        { keys: heard, verdict: 'TRUE' },
        { keys: muted, verdict: 'FALSE' },
      ]
        .filter(({ keys }) => keys.length > 0)
        .map(({ keys, verdict }) =>
          this.#knex.raw(`WHEN ? THEN ${verdict}`, [
            isAmong(this.#knex, this.#mutingKey(kind, table), keys),
          ]),
        ),
    );
    query.whereRaw(
      // A truth value and not a comparison, of which PostgreSQL would expect next to nothing.
      `CASE ${whens.map(() => '?').join(' ')} ELSE TRUE END`,
      whens,
    );
  }

  #mutingKey(kind: MutingClass['kind'], table: 't' | 'mark'): Knex.Raw {
    return this.#knex.raw(
      {
        origin: `${table}.origin`,
        topic: `${table}.topic`,
        both: `${table}.origin || '${KEY_SEPARATOR}' || ${table}.topic`,
      }[kind],
    );
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

  #refs(): string[] {
    return this.#floors.map(({ ref }) => ref);
  }

  /** `seq` and origin of all that matches; a message has one seq, whatever it comes through. */
  #all(filter: InboxFilter): Knex.QueryBuilder {
    const { archivedSeq, hasArchived } = this.#state;
    const { isArchived, isSaved } = this.#implied(filter);
    const asksMarks =
      isSaved !== undefined ||
      isArchived === true ||
      (isArchived === false && (archivedSeq > 0 || hasArchived));
    if (!asksMarks) {
      const query = whereAmong(
        this.#knex,
        this.#knex('herald_target as t'),
        't.ref',
        this.#refs(),
      );
      this.#matching(query, filter);
      return this.#knex.from(query.select('t.seq', 't.origin').as('u'));
    }
    return this.#knex.from(
      this.#allBranches(filter, floor =>
        this.#targets(floor, { ...filter, isRead: undefined }).select(
          't.origin',
        ),
      )
        .select('merged.seq', 'merged.origin')
        .as('u'),
    );
  }

  /** `seq` and origin of what is above a floor and not marked as read, or below and marked as unread. */
  #unread(filter: InboxFilter): Knex.QueryBuilder {
    if (
      filter.isSaved !== undefined ||
      filter.isArchived === true ||
      filter.ids
    ) {
      return this.#knex.from(
        this.#allBranches(filter, floor =>
          this.#targets(floor, { ...filter, isRead: false }).select('t.origin'),
        )
          .select('merged.seq', 'merged.origin')
          .as('u'),
      );
    }
    const refsByFloor = new Map<number, string[]>();
    for (const { ref, floorSeq } of this.#floors) {
      refsByFloor.set(floorSeq, [...(refsByFloor.get(floorSeq) ?? []), ref]);
    }
    const branches = [...refsByFloor].map(([floorSeq, refs]) => {
      const branch = whereAmong(
        this.#knex,
        this.#knex('herald_target as t'),
        't.ref',
        refs,
      )
        .select('t.seq', 't.origin')
        .where('t.seq', '>', floorSeq);
      this.#matching(branch, filter);
      return branch;
    });
    const highestFloor = Math.max(0, ...refsByFloor.keys());
    const above = this.#knex
      .from(this.#knex.unionAll(branches).as('a'))
      .leftJoin('herald_read_mark as done', join =>
        join
          .on('done.seq', 'a.seq')
          .andOnVal('done.user_ref', this.#state.userRef)
          .andOnVal('done.is_read', true)
          // Marks below every floor are left over, and may be many.
          .andOnVal('done.seq', '>', Math.min(...refsByFloor.keys())),
      )
      .whereNull('done.seq')
      .select('a.seq', 'a.origin');
    const below =
      highestFloor > 0 ? this.#markedUnread(highestFloor, filter) : [];
    return this.#knex.from(this.#knex.unionAll([above, ...below]).as('u'));
  }

  #markedUnread(upToSeq: number, filter: InboxFilter): Knex.QueryBuilder[] {
    const marked = () =>
      this.#knex('herald_read_mark as mark')
        .where('mark.user_ref', this.#state.userRef)
        .where('mark.is_read', false)
        .where('mark.seq', '<=', upToSeq);
    const beside = whereAmong(this.#knex, marked(), 't.ref', this.#refs())
      .join('herald_target as t', join =>
        join.on('t.message_id', 'mark.message_id').andOn('t.seq', 'mark.seq'),
      )
      .select('t.seq', 't.origin');
    this.#matching(beside, filter);

    const { containsText, createdAfter, severities, origins, topics } = filter;
    if (containsText || createdAfter || severities) {
      return [beside];
    }
    // What the mark copied is enough where the reader still has that ref.
    const refs = this.#refs();
    const copied = whereAmong(this.#knex, marked(), 'mark.ref', refs)
      .select('mark.seq', 'mark.origin')
      .whereRaw('(mark.expires_at IS NULL OR mark.expires_at > ?)', [
        this.#state.now,
      ]);
    this.#heard(copied, 'mark');
    if (origins) {
      copied.whereIn('mark.origin', origins);
    }
    if (topics) {
      copied.whereIn('mark.topic', topics);
    }
    return [
      copied,
      beside.where(other =>
        other
          .whereNull('mark.ref')
          .orWhereRaw('NOT ?', [isAmong(this.#knex, 'mark.ref', refs)]),
      ),
    ];
  }
}

async function total(query: Knex.QueryBuilder): Promise<number> {
  const row = await query.countDistinct({ count: 'u.seq' }).first();
  return Number(row?.count ?? 0);
}

async function perOrigin(
  query: Knex.QueryBuilder,
): Promise<{ origin: string; count: string | number }[]> {
  return query
    .whereNotNull('u.origin')
    .groupBy('u.origin')
    .select('u.origin')
    .countDistinct({ count: 'u.seq' });
}
