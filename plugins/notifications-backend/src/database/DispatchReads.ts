import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  PreferenceDefaults,
  PreferenceRule,
} from '@herald/backstage-plugin-notifications-common';
import DataLoader from 'dataloader';
import { Knex } from 'knex';
import { EVERYBODY } from '../messages/Message';
import { NO_DEFAULTS } from '../messages/muting';
import { Dispatch } from '../processing/Dispatch';

const TABLE = 'herald_dispatch';
/** As many at a time as every engine takes in one statement. */
const AT_ONCE = 500;

type Audience = { targets: string[]; exclusions: string[] };
type DispatchRow = {
  id: string;
  messageId: string;
  origin: string;
  createdAt: string | number;
  sentAt: string | number;
  isUpdate: boolean | number;
  options: string;
};

/**
 * What processing reads. Work that is done at the same time asks together, in one statement for all of it; nothing is remembered.
 */
export class DispatchReads {
  readonly #knex: Knex;
  readonly #now: () => Date;
  readonly #dispatches = inBatches<DispatchRow | undefined>(
    ids => this.#readDispatches(ids),
    () => undefined,
  );
  readonly #audiences = inBatches<Audience>(
    ids => this.#readAudiences(ids),
    () => ({ targets: [], exclusions: [] }),
  );
  readonly #documents = inBatches<string | undefined>(
    users => this.#readDocuments(users),
    () => undefined,
  );

  constructor(knex: Knex, now: () => Date) {
    this.#knex = knex;
    this.#now = now;
  }

  async find(id: string): Promise<Dispatch | undefined> {
    const row = await this.#dispatches.load(id);
    // Made for each who asks: processors are others' code, and what one of them changes is not for the next recipient.
    return row && toDispatch(row);
  }

  audienceOf(messageId: string): Promise<Audience> {
    return this.#audiences.load(messageId);
  }

  async preferencesOf(users: readonly string[]): Promise<{
    rules: ReadonlyMap<string, readonly PreferenceRule[]>;
    defaults: PreferenceDefaults;
  }> {
    const [forAll, ...own] = await Promise.all(
      [EVERYBODY, ...users].map(user => this.#documents.load(user)),
    );
    const rules = users.flatMap((user, index) => {
      const document = own[index];
      return document === undefined
        ? []
        : [[user, JSON.parse(document)] as const];
    });
    return {
      rules: new Map(rules),
      defaults: forAll === undefined ? NO_DEFAULTS : JSON.parse(forAll),
    };
  }

  async #readDispatches(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, DispatchRow>> {
    const rows: DispatchRow[] = await this.#knex(`${TABLE} as d`)
      .join('herald_message as m', 'm.id', 'd.message_id')
      .whereIn('d.id', ids)
      .where(live =>
        live
          .whereNull('m.expires_at')
          .orWhere('m.expires_at', '>', this.#now().getTime()),
      )
      .select({
        id: 'd.id',
        messageId: 'm.id',
        origin: 'm.origin',
        createdAt: 'm.created_at',
        sentAt: 'd.created_at',
        isUpdate: 'd.is_update',
        options: 'd.options',
      });
    return new Map(rows.map(row => [row.id, row]));
  }

  async #readAudiences(
    messageIds: readonly string[],
  ): Promise<ReadonlyMap<string, Audience>> {
    const refsIn = (table: string, side: keyof Audience) =>
      this.#knex(table)
        .whereIn('message_id', messageIds)
        .select('message_id', 'ref', this.#knex.raw('? as side', [side]));
    // One statement: who is left out is to be of the same moment as whom it is for.
    const rows: { message_id: string; ref: string; side: keyof Audience }[] =
      await refsIn('herald_target', 'targets')
        .unionAll(refsIn('herald_exclusion', 'exclusions'))
        .orderBy('ref');
    const audiences = new Map<string, Audience>(
      messageIds.map(id => [id, { targets: [], exclusions: [] }]),
    );
    rows.forEach(row =>
      audiences.get(row.message_id)?.[row.side].push(row.ref),
    );
    return audiences;
  }

  async #readDocuments(
    users: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#knex('herald_preference')
      .whereIn('user_ref', users)
      .select('user_ref', 'document');
    return new Map(rows.map(row => [row.user_ref, row.document]));
  }
}

function toDispatch(row: DispatchRow): Dispatch {
  return {
    id: row.id,
    messageId: row.messageId,
    origin: row.origin,
    createdAt: new Date(Number(row.createdAt)),
    updatedAt: row.isUpdate ? new Date(Number(row.sentAt)) : undefined,
    options: JSON.parse(row.options) as NotificationSendOptions,
  };
}

/** Reads each key once for all who ask for it in the same turn. */
function inBatches<Value>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  absent: () => Value,
): DataLoader<string, Value> {
  return new DataLoader(
    async keys => {
      const found = await read([...new Set(keys)]);
      return keys.map(key => found.get(key) ?? absent());
    },
    { cache: false, maxBatchSize: AT_ONCE },
  );
}
