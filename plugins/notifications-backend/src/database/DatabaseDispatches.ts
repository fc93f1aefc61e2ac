import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  PreferenceDefaults,
  PreferenceRule,
} from '@herald/backstage-plugin-notifications-common';
import { NewWork, WorkItem, WorkQueue } from '@herald/work-queue';
import { Knex } from 'knex';
import { EVERYBODY, NewMessage } from '../messages/Message';
import { NO_DEFAULTS } from '../messages/muting';
import {
  Dispatch,
  DispatchStore,
  ProcessingWork,
  StepKind,
  StepWork,
} from '../processing/Dispatch';
import { toSendOptions } from '../processing/sendOptions';
import { isPostgres } from './engine';
import { inBatches } from './inBatches';
import { Companion } from './storeMessages';
import { WORK_TABLE } from './workTable';

const TABLE = 'herald_dispatch';
const KEPT_MS = 30 * 24 * 60 * 60_000;

/**
 * Keeps dispatches beside the messages: written in the transaction that stores the message, with the work that expands them.
 */
export class DatabaseDispatches implements DispatchStore, Companion {
  readonly #knex: Knex;
  readonly #work: Pick<
    WorkQueue<ProcessingWork>,
    'enqueue' | 'insertion' | 'enqueued'
  >;
  readonly #now: () => Date;

  constructor(
    knex: Knex,
    options: {
      work: Pick<
        WorkQueue<ProcessingWork>,
        'enqueue' | 'insertion' | 'enqueued'
      >;
      now: () => Date;
    },
  ) {
    this.#knex = knex;
    this.#work = options.work;
    this.#now = options.now;
  }

  alongside(messages: readonly NewMessage[]): Record<string, Knex.Raw> {
    const rows = this.#rows(messages).map((row, index) => ({
      ...row,
      place: index + 1,
    }));
    return {
      dispatched: this.#knex.raw(
        `INSERT INTO ?? (id, message_id, options, created_at, is_update)
         SELECT d.id, placed.id, d.options, d.created_at, placed.id <> d.id
           FROM placed JOIN json_to_recordset(?::json) AS d(place int, id uuid, options text, created_at bigint) USING (place)`,
        [TABLE, JSON.stringify(rows)],
      ),
      enqueued: this.#work.insertion(expansionsOf(messages)),
    };
  }

  stored(db: Knex): void {
    this.#work.enqueued(db);
  }

  async before(
    tx: Knex.Transaction,
    messages: readonly NewMessage[],
  ): Promise<void> {
    await tx(TABLE).insert(this.#rows(messages));
    await this.#work.enqueue(tx, expansionsOf(messages));
  }

  #rows(messages: readonly NewMessage[]) {
    return messages.map(message => ({
      id: message.id,
      message_id: message.id,
      options: JSON.stringify(toSendOptions(message)),
      created_at: this.#now().getTime(),
    }));
  }

  async renamed(
    tx: Knex.Transaction,
    message: NewMessage,
    messageId: string,
  ): Promise<void> {
    await tx(TABLE)
      .where({ id: message.id })
      .update({ message_id: messageId, is_update: true });
  }

  async find(id: string): Promise<Dispatch | undefined> {
    const row = await this.#knex(`${TABLE} as d`)
      .join('herald_message as m', 'm.id', 'd.message_id')
      .where('d.id', id)
      .where(live =>
        live
          .whereNull('m.expires_at')
          .orWhere('m.expires_at', '>', this.#now().getTime()),
      )
      .first({
        id: 'd.id',
        messageId: 'm.id',
        origin: 'm.origin',
        createdAt: 'm.created_at',
        sentAt: 'd.created_at',
        isUpdate: 'd.is_update',
        options: 'd.options',
      });
    return (
      row && {
        id: row.id,
        messageId: row.messageId,
        origin: row.origin,
        createdAt: new Date(Number(row.createdAt)),
        updatedAt: row.isUpdate ? new Date(Number(row.sentAt)) : undefined,
        options: JSON.parse(row.options) as NotificationSendOptions,
      }
    );
  }

  async audienceOf(
    messageId: string,
  ): Promise<{ targets: string[]; exclusions: string[] }> {
    const rows = await this.#knex('herald_target')
      .where({ message_id: messageId })
      .select('ref', this.#knex.raw('0 as is_out'))
      .unionAll(
        this.#knex('herald_exclusion')
          .where({ message_id: messageId })
          .select('ref', this.#knex.raw('1 as is_out')),
      )
      .orderBy('ref');
    const refs = (isOut: boolean): string[] =>
      rows
        .filter(row => (Number(row.is_out) === 1) === isOut)
        .map(({ ref }) => ref);
    return { targets: refs(false), exclusions: refs(true) };
  }

  async preferencesOf(users: readonly string[]): Promise<{
    rules: ReadonlyMap<string, readonly PreferenceRule[]>;
    defaults: PreferenceDefaults;
  }> {
    const rows = await this.#knex('herald_preference')
      .whereIn('user_ref', [...users, EVERYBODY])
      .select('user_ref', 'document');
    const documents = new Map(
      rows.map(row => [row.user_ref, JSON.parse(row.document)] as const),
    );
    const defaults = documents.get(EVERYBODY) ?? NO_DEFAULTS;
    documents.delete(EVERYBODY);
    return { rules: documents, defaults };
  }

  async replaceLooks(
    selection: {
      exceptKinds: readonly StepKind[];
      waitedMs: number;
      limit: number;
    },
    follow: (step: StepWork) => NewWork<ProcessingWork>[],
  ): Promise<number> {
    const now = this.#now().getTime();
    return this.#knex.transaction(async tx => {
      const waiting = tx(WORK_TABLE)
        .where({ state: 'open' })
        .where('kind', 'like', 'process:%')
        .whereNotIn('kind', selection.exceptKinds)
        .where('payload', 'like', '%"step":"pre","later":%')
        // Who holds one by a clock that is behind ours finds it gone, and cannot complete.
        .where('lease_until', '<=', now)
        .where('created_at', '<=', now - selection.waitedMs)
        .orderBy('id')
        .limit(selection.limit)
        .select<{ id: string; payload: string }[]>('id', 'payload');
      const rows = await (isPostgres(tx)
        ? waiting.forUpdate().skipLocked()
        : waiting);
      const looks = rows
        .map(({ id, payload }) => ({ id, step: JSON.parse(payload) }))
        .filter(({ step }) => step.step === 'pre');
      await tx(WORK_TABLE)
        .whereIn(
          'id',
          looks.map(({ id }) => id),
        )
        .delete();
      await this.#work.enqueue(
        tx,
        looks.flatMap(({ step }) => follow(step)),
      );
      return looks.length;
    });
  }

  async advance(
    item: Pick<WorkItem, 'completeIn'>,
    next: readonly NewWork<ProcessingWork>[],
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      await this.#work.enqueue(tx, next);
      await item.completeIn(tx);
    });
  }

  /** Forgets dispatches that are no longer kept, or whose message is gone, in small batches. @returns how many */
  async purge(): Promise<number> {
    return inBatches(limit =>
      this.#knex(TABLE)
        .whereIn('id', this.#superfluous().limit(limit).select('id'))
        .delete(),
    );
  }

  #superfluous() {
    return this.#knex(TABLE)
      .where('created_at', '<', this.#now().getTime() - KEPT_MS)
      .orWhereNotExists(
        this.#knex('herald_message as m')
          .select(this.#knex.raw('1'))
          .whereRaw('m.id = herald_dispatch.message_id'),
      );
  }
}

function expansionsOf(
  messages: readonly NewMessage[],
): NewWork<ProcessingWork>[] {
  return messages.map(({ id }) => ({
    kind: 'expand-dispatch',
    payload: { dispatchId: id },
  }));
}
