import {
  PreferenceDefaults,
  PreferenceRule,
} from '@herald/backstage-plugin-notifications-common';
import { LeaseLost, NewWork, WorkItem, WorkQueue } from '@herald/work-queue';
import { Knex } from 'knex';
import { NewMessage } from '../messages/Message';
import {
  Dispatch,
  DispatchStore,
  ProcessingWork,
  StepKind,
  StepWork,
} from '../processing/Dispatch';
import { toSendOptions } from '../processing/sendOptions';
import { Batcher } from './Batcher';
import { DispatchReads } from './DispatchReads';
import { isPostgres } from './engine';
import { inBatches } from './inBatches';
import { inTransaction, isAboutData } from './inTransaction';
import { Companion } from './storeMessages';
import { WORK_TABLE } from './workTable';

const TABLE = 'herald_dispatch';
const KEPT_MS = 30 * 24 * 60 * 60_000;
/** So few that whoever waits for SQLite's one connection does not wait long: four pages of recipients at one processor. */
const ROWS_PER_TRANSACTION = 2_500;
/** Each item is completed by a statement of its own, which counts as so many rows. */
const COMPLETION_IN_ROWS = 20;

type Advance = {
  item: Pick<WorkItem, 'completeIn'>;
  next: readonly NewWork<ProcessingWork>[];
};

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
  readonly #reads: DispatchReads;
  readonly #advances: Batcher<Advance, void>;

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
    this.#reads = new DispatchReads(knex, options.now);
    this.#advances = new Batcher({
      work: advances => this.#advance(advances),
      keyOf: () => null,
      sizeOf: ({ next }) => next.length + COMPLETION_IN_ROWS,
      limit: ROWS_PER_TRANSACTION,
      // Somebody else has it, or what follows from it cannot be written.
      isFaultOfOne: error =>
        error instanceof LeaseLost ||
        error instanceof RangeError ||
        isAboutData(error),
    });
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
    this.#work.enqueued(db, 'expand-dispatch');
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

  find(id: string): Promise<Dispatch | undefined> {
    return this.#reads.find(id);
  }

  audienceOf(
    messageId: string,
  ): Promise<{ targets: string[]; exclusions: string[] }> {
    return this.#reads.audienceOf(messageId);
  }

  preferencesOf(users: readonly string[]): Promise<{
    rules: ReadonlyMap<string, readonly PreferenceRule[]>;
    defaults: PreferenceDefaults;
  }> {
    return this.#reads.preferencesOf(users);
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
    await this.#advances.do({ item, next });
  }

  async #advance(advances: readonly Advance[]): Promise<void[]> {
    return inTransaction(this.#knex, async tx => {
      await this.#work.enqueue(
        tx,
        advances.flatMap(({ next }) => next),
      );
      for (const { item } of advances) {
        await item.completeIn(tx);
      }
      return advances.map(() => undefined);
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
