import { Knex } from 'knex';
import { foldText } from '../messages/foldText';
import { InboxFilter } from '../messages/MessageStore';
import { KEY_SEPARATOR, MutingClass, mutingClasses } from '../messages/muting';
import { containsPattern, isAmong, isPostgres, whereAmong } from './engine';
import { ReadFloor, ReaderState, floorsInScope } from './readerState';

/** The targets that were found by their text, and nothing is to be looked for in them any more. */
export const FOUND = 'found_target';

/** One ref and its floor within a query: values, or columns of the table of all refs. */
export type RefTerms = {
  ref: Knex.Raw;
  floorSeq: Knex.Raw;
  targets: 'herald_target' | typeof FOUND;
};

/** What of the targets and marks in the database concerns one reader, as conditions of queries. `t` is a target in all of them. */
export class InboxConditions {
  readonly knex: Knex;
  readonly state: ReaderState;
  readonly floors: readonly ReadFloor[];

  constructor(knex: Knex, state: ReaderState, scope: InboxFilter['scope']) {
    this.knex = knex;
    this.state = state;
    this.floors = floorsInScope(state.floors, scope);
  }

  get refs(): string[] {
    return this.floors.map(({ ref }) => ref);
  }

  /** All targets that reach the reader. */
  reaching(): Knex.QueryBuilder {
    return whereAmong(
      this.knex,
      this.knex('herald_target as t'),
      't.ref',
      this.refs,
    );
  }

  /** The target rows of one ref that match a filter. */
  targets(terms: RefTerms, filter: InboxFilter): Knex.QueryBuilder {
    const { archivedSeq, hasArchived, userRef } = this.state;
    const query = this.knex({ t: terms.targets })
      .whereRaw('t.ref = ?', [terms.ref])
      .select(
        't.message_id',
        't.sort_at',
        't.seq',
        this.knex.raw('CASE WHEN t.seq <= ? THEN 1 ELSE 0 END AS is_below', [
          terms.floorSeq,
        ]),
      );
    if (terms.targets !== FOUND) {
      this.matching(query, filter);
    }
    const { isRead, isArchived, isSaved } = implied(filter);
    const nothingIsArchived = archivedSeq === 0 && !hasArchived;
    if (nothingIsArchived && isArchived === true) {
      query.whereRaw('1 = 0');
    }
    const asksArchive = isArchived !== undefined && !nothingIsArchived;
    if (isRead !== undefined || asksArchive) {
      this.withMark(query, 't');
    }
    if (isRead === false) {
      query.whereRaw(
        'CASE WHEN mark.is_read IS NULL THEN t.seq > ? ELSE NOT mark.is_read END',
        [terms.floorSeq],
      );
    }
    if (isRead === true) {
      query.whereRaw(
        'CASE WHEN mark.is_read IS NULL THEN t.seq <= ? AND NOT EXISTS ? ELSE mark.is_read END',
        [terms.floorSeq, this.#unreadElsewhere(terms)],
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
      const saved = this.knex('herald_saved as kept')
        .select(this.knex.raw('1'))
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

  /** What the reader said of the message, where they did. */
  withMark(query: Knex.QueryBuilder, table: 't' | 'page') {
    return query.leftJoin('herald_read_mark as mark', join =>
      join
        .on('mark.message_id', `${table}.message_id`)
        .andOn('mark.seq', `${table}.seq`)
        .andOnVal('mark.user_ref', this.state.userRef),
    );
  }

  /** The refs and their floors as a table of a query; one value, however many they are. */
  floorTable(name: string): Knex.Raw {
    const floors = this.floors.map(({ floorSeq }) => floorSeq);
    return isPostgres(this.knex)
      ? this.knex.raw('unnest(?::text[], ?::bigint[]) AS ??(ref, floor_seq)', [
          this.refs as unknown as Knex.Value,
          floors as unknown as Knex.Value,
          name,
        ])
      : this.knex.raw(
          `(SELECT json_extract(value, '$[0]') AS ref, json_extract(value, '$[1]') AS floor_seq FROM json_each(?)) AS ??`,
          [JSON.stringify(this.refs.map((ref, i) => [ref, floors[i]])), name],
        );
  }

  /** What a message is and says. */
  matching(query: Knex.QueryBuilder, filter: InboxFilter) {
    this.alive(query);
    if (filter.createdAfter) {
      query.where('t.sort_at', '>', filter.createdAfter.getTime());
    }
    if (filter.ids) {
      query.whereIn('t.message_id', filter.ids);
    } else {
      this.heard(query, 't');
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
      this.containing(query, containsText);
    }
  }

  /** The text is in what `found` says. */
  containing(query: Knex.QueryBuilder, text: string) {
    const pattern = containsPattern(foldText(text));
    query.whereRaw(
      `(found.title_folded LIKE ? ESCAPE '\\' OR found.message_folded LIKE ? ESCAPE '\\')`,
      [pattern, pattern],
    );
  }

  /** Not expired, and the reader is not excluded. */
  alive(query: Knex.QueryBuilder) {
    this.unexpired(query, 't');
    this.notExcluded(query);
  }

  unexpired(query: Knex.QueryBuilder, table: 't' | 'mark') {
    query.whereRaw(`(${table}.expires_at IS NULL OR ${table}.expires_at > ?)`, [
      this.state.now,
    ]);
  }

  notExcluded(query: Knex.QueryBuilder) {
    query.whereRaw('(t.is_plain OR NOT EXISTS ?)', [
      this.knex('herald_exclusion as x')
        .select(this.knex.raw('1'))
        .whereRaw('x.message_id = t.message_id')
        .whereRaw('?', [
          isAmong(
            this.knex,
            'x.ref',
            this.state.floors.map(({ ref }) => ref),
          ),
        ]),
    ]);
  }

  /** Not muted. */
  heard(query: Knex.QueryBuilder, table: 't' | 'mark') {
    const muting = mutingClasses(this.state.muting);
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
          this.knex.raw(`WHEN ? THEN ${verdict}`, [
            isAmong(this.knex, this.#mutingKey(kind, table), keys),
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
    return this.knex.raw(
      {
        origin: `${table}.origin`,
        topic: `${table}.topic`,
        both: `${table}.origin || '${KEY_SEPARATOR}' || ${table}.topic`,
      }[kind],
    );
  }

  /** Whether the message of `t` also comes through a ref whose floor it lies above. */
  #unreadElsewhere(terms: RefTerms): Knex.QueryBuilder {
    return this.knex('herald_target as other')
      .joinRaw('JOIN ? ON f2.ref = other.ref', [this.floorTable('f2')])
      .select(this.knex.raw('1'))
      .whereRaw('other.message_id = t.message_id')
      .whereRaw('other.seq > f2.floor_seq AND f2.floor_seq < ?', [
        terms.floorSeq,
      ]);
  }
}

/** What is put away is looked at only where it is asked for. */
export function implied(filter: InboxFilter): InboxFilter {
  const isArchived =
    filter.isArchived ?? (filter.isSaved || filter.ids ? undefined : false);
  return { ...filter, isArchived };
}
