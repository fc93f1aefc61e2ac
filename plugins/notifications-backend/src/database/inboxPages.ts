import { Knex } from 'knex';
import { InboxPageRequest, InboxPosition } from '../messages/MessageStore';
import { byteOrder, isPostgres } from './engine';
import { InboxBranches, eachOnce } from './inboxBranches';
import { FOUND, InboxConditions, RefTerms } from './inboxConditions';
import { MESSAGE_COLUMNS, MessageRow } from './messageRow';
import { ReaderState, stateFingerprint } from './readerState';
import { Answer } from './ReaderStates';

const ORDER_COLUMNS = {
  title: 'm.title_folded',
  message: 'm.message_folded',
  topic: 'm.topic',
  origin: 'm.origin',
} as const;

/** Among so many of the newest a word is looked for before anything else. */
const GLANCE = 200;
/** With so many hits among these, going on from ref to ref finds a page sooner than an index of all texts. */
const FREQUENT = 4;

/** One row of a page: a message, and what its reader said of it. */
export type InboxRow = MessageRow & {
  sort_at: string | number;
  is_read: boolean | number;
  is_archived: boolean | number;
  is_saved: boolean | number;
};

type Asked = { fingerprint: string };
type Glanced = { glanced: string | number; glanced_to: string | number };
/** Where nothing is on the page, one row says what was asked. */
type Row = Asked & Partial<Glanced> & (InboxRow | { id: null });
type Columns = readonly ('sort_at' | 'seq')[];

/** The pages of what reaches one reader. */
export class InboxPages {
  readonly #knex: Knex;
  readonly #state: ReaderState;
  readonly #conditions: InboxConditions;
  readonly #branches: InboxBranches;

  constructor(
    knex: Knex,
    state: ReaderState,
    scope: InboxPageRequest['scope'],
  ) {
    this.#knex = knex;
    this.#state = state;
    this.#conditions = new InboxConditions(knex, state, scope);
    this.#branches = new InboxBranches(this.#conditions);
  }

  async page(
    request: InboxPageRequest,
    limit: number,
  ): Promise<Answer<InboxRow[]>> {
    const glance = await this.#glance(request, limit);
    if (glance?.isAll) {
      return glance.page;
    }
    const rows: Row[] = await this.#query(
      request,
      limit,
      glance?.isFrequent ?? false,
    );
    return { value: rows.filter(isOnPage), asOf: rows[0]?.fingerprint };
  }

  /** Which messages are on a page, in its order, without what they say. */
  async places(
    request: InboxPageRequest,
    limit: number,
  ): Promise<Pick<InboxRow, 'id' | 'sort_at' | 'seq'>[]> {
    const rows: Row[] = await this.#query(request, limit, false)
      .clearSelect()
      .select('m.id', 'page.sort_at', 'page.seq');
    return rows.filter(isOnPage);
  }

  #query(request: InboxPageRequest, limit: number, isFrequent: boolean) {
    const columns = keysetOf(request);
    return columns
      ? this.#pageByKeyset(request, columns, limit, isFrequent)
      : this.#pageInTextOrder(request, limit);
  }

  /** The newest or oldest of each ref, merged: what is read does not grow with what is stored. */
  #pageByKeyset(
    request: InboxPageRequest,
    columns: Columns,
    limit: number,
    isFrequent: boolean,
  ) {
    const offset = offsetOf(request);
    const branch = (terms: RefTerms) =>
      this.#branch(request, columns, terms, offset + limit);
    const merged = isFrequent
      ? eachOnce(this.#branches.unsearched(branch))
      : this.#branches.merged(request, branch);
    const page = merged
      .orderBy(order('merged', columns, request))
      .limit(limit)
      .offset(offset);
    return this.#rows(page).orderBy(order('page', columns, request));
  }

  #branch(
    request: InboxPageRequest,
    columns: Columns,
    terms: RefTerms,
    limit: number,
  ): Knex.QueryBuilder {
    const branch = this.#conditions.targets(terms, request);
    if ('after' in request) {
      beyond(branch, columns, request.after, request.direction);
    }
    // What was found by its text is in no order.
    return terms.targets === FOUND
      ? branch
      : branch.orderBy(order('t', columns, request)).limit(limit);
  }

  /**
   * A frequent word is found among the newest of all refs, without asking how frequent it is. Where it fills no page there, that says
   * how to go on.
   */
  async #glance(request: InboxPageRequest, limit: number) {
    const columns = keysetOf(request);
    const most = offsetOf(request) + limit;
    const { containsText, ...unsearched } = request;
    if (
      !containsText ||
      !columns ||
      most > GLANCE / 2 ||
      !isPostgres(this.#knex)
    ) {
      return undefined;
    }
    const newest = this.#branches
      .unsearched(terms => this.#branch(unsearched, columns, terms, GLANCE))
      .select('merged.*')
      .orderBy(order('merged', columns, request))
      .limit(GLANCE);
    const hits = eachOnce(this.#knex.from('newest as merged'))
      .join('herald_message as found', 'found.id', 'merged.message_id')
      .orderBy(order('merged', columns, request))
      .limit(most);
    this.#conditions.containing(hits, containsText);
    const last = this.#knex
      .from('newest as merged')
      .orderBy(
        order('merged', columns, {
          direction: request.direction === 'desc' ? 'asc' : 'desc',
        }),
      )
      .limit(1)
      .select('merged.seq');
    const rows: Row[] = await this.#rows(hits, {
      glanced: this.#knex.from('newest').count('*'),
      glanced_to: last,
    })
      .with('newest', newest)
      .orderBy(order('page', columns, request));
    const [{ fingerprint, glanced, glanced_to: end }] = rows;
    const isWhole = Number(glanced) < GLANCE;
    // Of the last one, refs may have been cut off that say something else of it.
    const found = rows
      .filter(isOnPage)
      .filter(({ seq }) => isWhole || Number(seq) !== Number(end));
    return {
      page: { value: found.slice(offsetOf(request)), asOf: fingerprint },
      isAll: isWhole || found.length >= most,
      isFrequent: found.length >= FREQUENT,
    };
  }

  /** By what the message says; reads all that reaches the reader. */
  #pageInTextOrder(request: InboxPageRequest, limit: number) {
    const { direction, orderBy } = request;
    const column = ORDER_COLUMNS[orderBy as keyof typeof ORDER_COLUMNS];
    const page = this.#branches.merged(request, terms =>
      this.#conditions.targets(terms, request),
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
        .offset(offsetOf(request))
    );
  }

  /** With the fingerprint of the reader's state on each row, and on one of its own where there is none. */
  #rows(
    page: Knex.QueryBuilder,
    besides: Record<string, Knex.QueryBuilder> = {},
  ) {
    const { archivedSeq, userRef } = this.#state;
    const asked = this.#knex.select({
      fingerprint: stateFingerprint(this.#knex, userRef),
      ...besides,
    });
    return this.#conditions
      .withMark(
        this.#knex
          .from(asked.as('asked'))
          .joinRaw('LEFT JOIN ? AS page ON true', [
            page,
          ] as unknown as Knex.Value[])
          .leftJoin('herald_message as m', 'm.id', 'page.message_id')
          .leftJoin('herald_saved as saved', join =>
            join
              .on('saved.message_id', 'page.message_id')
              .andOnVal('saved.user_ref', userRef),
          ),
        'page',
      )
      .select(
        'asked.*',
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
}

function isOnPage<T extends { id: string | null }>(
  row: T,
): row is Extract<T, InboxRow> {
  return row.id !== null;
}

/** By what a page goes on, in the orders that have it. */
function keysetOf({ orderBy }: InboxPageRequest): Columns | undefined {
  switch (orderBy) {
    case 'created':
      return ['sort_at', 'seq'];
    case 'seq':
      return ['seq'];
    default:
      return undefined;
  }
}

function offsetOf(request: InboxPageRequest): number {
  return 'offset' in request ? request.offset : 0;
}

function order(
  table: string,
  columns: Columns,
  { direction }: Pick<InboxPageRequest, 'direction'>,
) {
  return columns.map(column => ({
    column: `${table}.${column}`,
    order: direction,
  }));
}

function beyond(
  query: Knex.QueryBuilder,
  columns: Columns,
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
