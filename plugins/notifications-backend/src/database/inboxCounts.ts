import { Knex } from 'knex';
import { InboxFilter, OriginCount } from '../messages/MessageStore';
import { isAmong, whereAmong } from './engine';
import { InboxBranches } from './inboxBranches';
import { InboxConditions, implied } from './inboxConditions';
import { ReaderState, stateFingerprint } from './readerState';
import { Answer } from './ReaderStates';
import { UnreadBelow, marksFingerprint } from './UnreadBelow';

/** How many messages of one reader there are of a kind. Counted is `seq`, of which a message has one, whatever it comes through. */
export class InboxCounts {
  readonly #knex: Knex;
  readonly #state: ReaderState;
  readonly #conditions: InboxConditions;
  readonly #branches: InboxBranches;
  readonly #below: UnreadBelow;

  constructor(
    knex: Knex,
    state: ReaderState,
    scope: InboxFilter['scope'],
    below: UnreadBelow,
  ) {
    this.#knex = knex;
    this.#state = state;
    this.#below = below;
    this.#conditions = new InboxConditions(knex, state, scope);
    this.#branches = new InboxBranches(this.#conditions);
  }

  async count(filter: InboxFilter): Promise<Answer<number>> {
    if (filter.isRead === undefined) {
      return this.#total(this.#all(filter));
    }
    const unread = await this.#unreadTotal(filter);
    if (!filter.isRead) {
      return unread;
    }
    const all = await this.#total(this.#all(filter));
    return {
      // A message that came between the two was counted once.
      value: Math.max(0, all.value - unread.value),
      asOf: all.asOf === unread.asOf ? all.asOf : undefined,
    };
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

  /** `seq` and origin of all that matches. */
  #all(filter: InboxFilter): Knex.QueryBuilder {
    const { archivedSeq, hasArchived } = this.#state;
    const { isArchived, isSaved } = implied(filter);
    const asksMarks =
      isSaved !== undefined ||
      isArchived === true ||
      (isArchived === false && (archivedSeq > 0 || hasArchived));
    if (asksMarks) {
      return this.#refByRef({ ...filter, isRead: undefined });
    }
    const query = this.#conditions.reaching();
    this.#conditions.matching(query, filter);
    return this.#knex.from(query.select('t.seq', 't.origin').as('u'));
  }

  /** `seq` and origin of what is above a floor and not marked as read, or below and marked as unread. */
  #unread(filter: InboxFilter): Knex.QueryBuilder {
    if (asksEachMark(filter)) {
      return this.#refByRef({ ...filter, isRead: false });
    }
    return this.#knex.from(
      this.#knex
        .unionAll([
          this.#aboveFloors(filter),
          ...(this.#highestFloor > 0 ? this.#markedUnread(filter) : []),
        ])
        .as('u'),
    );
  }

  #refByRef(filter: InboxFilter): Knex.QueryBuilder {
    return this.#knex.from(
      this.#branches
        .all(filter, terms =>
          this.#conditions.targets(terms, filter).select('t.origin'),
        )
        .select('merged.seq', 'merged.origin')
        .as('u'),
    );
  }

  /**
   * What the marks below the floors have copied of their targets is nearly always all there is to know; the few that have to be
   * looked up are counted, and where there are any it is done the long way.
   */
  async #unreadTotal(filter: InboxFilter): Promise<Answer<number>> {
    const { containsText, createdAfter, severities } = filter;
    if (
      asksEachMark(filter) ||
      this.#highestFloor === 0 ||
      containsText ||
      createdAfter ||
      severities
    ) {
      return this.#total(this.#unread(filter));
    }
    return (await this.#unreadByMemory(filter)) ?? this.#unreadByCopies(filter);
  }

  /** `undefined` where nothing is remembered of what is below the floors, or it holds no more. */
  async #unreadByMemory(
    filter: InboxFilter,
  ): Promise<Answer<number> | undefined> {
    const below = this.#below.find(this.#state, filter);
    if (!below) {
      return undefined;
    }
    const { userRef } = this.#state;
    const row = await this.#aboveTotal(filter).first({
      marksAsOf: marksFingerprint(this.#knex, userRef),
      asOf: stateFingerprint(this.#knex, userRef),
    });
    return row?.marksAsOf === below.marksAsOf
      ? { value: Number(row.above) + below.count, asOf: row.asOf }
      : undefined;
  }

  #aboveTotal(filter: InboxFilter): Knex.QueryBuilder {
    return this.#knex
      .from(this.#aboveFloors(filter).as('u'))
      .countDistinct({ above: 'u.seq' });
  }

  async #unreadByCopies(filter: InboxFilter): Promise<Answer<number>> {
    const { floors, userRef } = this.#state;
    const below = this.#copies(filter).select(
      this.#knex.raw('count(*) FILTER (WHERE ?) AS known', [
        isAmong(this.#knex, 'mark.ref', this.#conditions.refs),
      ]),
      this.#knex.raw(
        'count(*) FILTER (WHERE mark.ref IS NULL OR NOT ?) AS others',
        [
          isAmong(
            this.#knex,
            'mark.ref',
            // Who is written to by another ref than everybody's is not written to by that, and the other way round.
            floors.map(({ ref }) => ref),
          ),
        ],
      ),
      this.#knex.raw('min(mark.expires_at) AS ends_at'),
    );
    const row = await this.#knex.from(below.as('below')).first({
      above: this.#aboveTotal(filter),
      known: 'below.known',
      others: 'below.others',
      endsAt: 'below.ends_at',
      marksAsOf: marksFingerprint(this.#knex, userRef),
      asOf: stateFingerprint(this.#knex, userRef),
    });
    if (Number(row?.others) > 0) {
      return this.#total(this.#unread(filter));
    }
    const count = Number(row?.known);
    this.#below.remember(this.#state, filter, {
      count,
      marksAsOf: row?.marksAsOf,
      endsAt: row?.endsAt === null ? undefined : Number(row?.endsAt),
    });
    return { value: Number(row?.above) + count, asOf: row?.asOf };
  }

  get #highestFloor(): number {
    return Math.max(
      0,
      ...this.#conditions.floors.map(({ floorSeq }) => floorSeq),
    );
  }

  /** `seq` and origin of what lies above a floor through which it comes and was not marked there. */
  #aboveFloors(filter: InboxFilter): Knex.QueryBuilder {
    const refsByFloor = new Map<number, string[]>();
    for (const { ref, floorSeq } of this.#conditions.floors) {
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
      this.#conditions.matching(branch, filter);
      return branch;
    });
    const lowestFloor = Math.min(...refsByFloor.keys());
    const marked = (isRead: boolean) =>
      this.#knex('herald_read_mark as done')
        .where('done.user_ref', this.#state.userRef)
        .where('done.is_read', isRead)
        // Marks below every floor are left over, and may be many.
        .where('done.seq', '>', lowestFloor)
        .select('done.seq');
    const above = this.#knex
      .from(this.#knex.unionAll(branches).as('a'))
      .select('a.seq', 'a.origin')
      // Marks are hashed once, however many there are, and not at all where there is nothing above.
      .whereNotIn('a.seq', marked(true));
    return this.#highestFloor > lowestFloor
      ? // Those are counted as marked.
        above.whereNotIn(
          'a.seq',
          marked(false).where('done.seq', '<=', this.#highestFloor),
        )
      : above;
  }

  #marksBelow(): Knex.QueryBuilder {
    return this.#knex('herald_read_mark as mark')
      .where('mark.user_ref', this.#state.userRef)
      .where('mark.is_read', false)
      .where('mark.seq', '<=', this.#highestFloor);
  }

  /** Unread marks below the floors, by what they have copied of their targets. */
  #copies({ origins, topics }: InboxFilter): Knex.QueryBuilder {
    const copies = this.#marksBelow();
    this.#conditions.unexpired(copies, 'mark');
    this.#conditions.heard(copies, 'mark');
    if (origins) {
      copies.whereIn('mark.origin', origins);
    }
    if (topics) {
      copies.whereIn('mark.topic', topics);
    }
    return copies;
  }

  #markedUnread(filter: InboxFilter): Knex.QueryBuilder[] {
    const { refs } = this.#conditions;
    const beside = whereAmong(this.#knex, this.#marksBelow(), 't.ref', refs)
      .join('herald_target as t', join =>
        join.on('t.message_id', 'mark.message_id').andOn('t.seq', 'mark.seq'),
      )
      .select('t.seq', 't.origin');
    this.#conditions.matching(beside, filter);

    const { containsText, createdAfter, severities } = filter;
    if (containsText || createdAfter || severities) {
      return [beside];
    }
    // What the mark copied is enough where the reader still has that ref.
    return [
      whereAmong(this.#knex, this.#copies(filter), 'mark.ref', refs).select(
        'mark.seq',
        'mark.origin',
      ),
      beside.where(other =>
        other
          .whereNull('mark.ref')
          .orWhereRaw('NOT ?', [isAmong(this.#knex, 'mark.ref', refs)]),
      ),
    ];
  }

  async #total(query: Knex.QueryBuilder): Promise<Answer<number>> {
    const row = await query
      .countDistinct({ count: 'u.seq' })
      .select({ asOf: stateFingerprint(this.#knex, this.#state.userRef) })
      .first();
    return { value: Number(row?.count ?? 0), asOf: row?.asOf };
  }
}

/** Whether each target has to be weighed against its mark. */
function asksEachMark({ isSaved, isArchived, ids }: InboxFilter): boolean {
  return isSaved !== undefined || isArchived === true || ids !== undefined;
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
