import { Knex } from 'knex';
import { InboxFilter } from '../messages/MessageStore';
import { isPostgres } from './engine';
import { FOUND, InboxConditions, RefTerms } from './inboxConditions';

/** SQLite takes 500 at a time. */
const BRANCHES_IN_A_UNION = 200;

type Branch = (terms: RefTerms) => Knex.QueryBuilder;

/** What reaches a reader, ref by ref: one branch for each, as a table named `merged`. */
export class InboxBranches {
  readonly #conditions: InboxConditions;

  constructor(conditions: InboxConditions) {
    this.#conditions = conditions;
  }

  /** Each message once. What stands at the top of the merger stands at the top of every branch in which it is. */
  merged(filter: InboxFilter, branch: Branch): Knex.QueryBuilder {
    return eachOnce(this.all(filter, branch));
  }

  /** Text is looked for first, and what has it is then weighed ref by ref. */
  all(filter: InboxFilter, branch: Branch): Knex.QueryBuilder {
    const { knex } = this.#conditions;
    return filter.containsText && isPostgres(knex)
      ? this.#lateral(branch, FOUND).withMaterialized(
          FOUND,
          this.#found(filter),
        )
      : this.unsearched(branch);
  }

  /** As `all`, but the branches themselves look for the text that they want. */
  unsearched(branch: Branch): Knex.QueryBuilder {
    const { knex, floors } = this.#conditions;
    if (isPostgres(knex)) {
      // Planned once for all refs, where a union is planned for each.
      return this.#lateral(branch, 'herald_target');
    }
    const branches = floors.map(({ ref, floorSeq }) =>
      knex.select('*').from(
        branch({
          ref: knex.raw('?', [ref]),
          floorSeq: knex.raw('?', [floorSeq]),
          targets: 'herald_target',
        }).as('branch'),
      ),
    );
    return knex.from(this.#unionOf(branches).as('merged'));
  }

  #lateral(branch: Branch, targets: RefTerms['targets']): Knex.QueryBuilder {
    const { knex } = this.#conditions;
    return knex
      .from(this.#conditions.floorTable('f'))
      .joinRaw('CROSS JOIN LATERAL ? AS merged', [
        branch({
          ref: knex.raw('f.ref'),
          floorSeq: knex.raw('f.floor_seq'),
          targets,
        }),
      ] as unknown as Knex.Value[]);
  }

  /**
   * The targets whose messages have the text, of all refs at once: so the planner knows how much the reader has, and how much has
   * the text, and begins with what is less.
   */
  #found(filter: InboxFilter): Knex.QueryBuilder {
    const found = this.#conditions
      .reaching()
      .select(
        't.message_id',
        't.ref',
        't.seq',
        't.sort_at',
        't.origin',
        't.topic',
        't.expires_at',
        't.is_plain',
      );
    this.#conditions.matching(found, filter);
    return found;
  }

  #unionOf(branches: Knex.QueryBuilder[]): Knex.QueryBuilder {
    const { knex } = this.#conditions;
    if (branches.length <= BRANCHES_IN_A_UNION) {
      return knex.unionAll(branches);
    }
    const parts: Knex.QueryBuilder[] = [];
    for (let start = 0; start < branches.length; start += BRANCHES_IN_A_UNION) {
      const part = branches.slice(start, start + BRANCHES_IN_A_UNION);
      parts.push(
        knex.select('*').distinct().from(knex.unionAll(part).as('part')),
      );
    }
    return knex.unionAll(parts);
  }
}

export function eachOnce(merged: Knex.QueryBuilder): Knex.QueryBuilder {
  return merged
    .groupBy('merged.message_id', 'merged.sort_at', 'merged.seq')
    .select('merged.message_id', 'merged.sort_at', 'merged.seq')
    .min({ is_below: 'merged.is_below' });
}
