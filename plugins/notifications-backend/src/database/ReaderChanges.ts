import { Knex } from 'knex';
import {
  InboxFilter,
  InboxPosition,
  Mark,
  Reader,
} from '../messages/MessageStore';
import { appendToFeed } from './engine';
import { inTransaction } from './inTransaction';
import { InboxQueries, SeqRange } from './inboxQueries';
import {
  archiveAll,
  isNarrowed,
  readAll,
  readMatching,
  saveMarks,
  writeMarks,
} from './readMarks';
import { FloorRules, ReaderState, lastSeq, lockedState } from './readerState';
import { ReaderStates } from './ReaderStates';

/** What readers say of their messages; the feed is told of it in the same transaction. */
export class ReaderChanges {
  readonly #knex: Knex;
  readonly #states: ReaderStates;
  readonly #rules: FloorRules;
  readonly #onGrowth: () => void;
  readonly #rowsPerTransaction: number;

  /** @param options - a change of more than `rowsPerTransaction` rows is made in several */
  constructor(
    knex: Knex,
    options: {
      states: ReaderStates;
      rules: FloorRules;
      onGrowth: () => void;
      rowsPerTransaction: number;
    },
  ) {
    this.#knex = knex;
    this.#states = options.states;
    this.#rules = options.rules;
    this.#onGrowth = options.onGrowth;
    this.#rowsPerTransaction = options.rowsPerTransaction;
  }

  async mark(
    reader: Reader,
    messageIds: readonly string[],
    mark: Mark,
  ): Promise<{ unknown: string[] }> {
    const result = await this.#change(
      reader,
      async (tx, state): Promise<{ unknown: string[] }> => {
        const visible = await new InboxQueries(tx, state, 'all').visible(
          messageIds,
        );
        const known = new Set(visible.map(({ messageId }) => messageId));
        const unknown = messageIds.filter(id => !known.has(id));
        if (unknown.length > 0 || visible.length === 0) {
          return { unknown };
        }
        if (mark.kind === 'saved') {
          await saveMarks(tx, state, visible, mark.value);
        } else {
          await writeMarks(tx, state, visible, mark);
        }
        await this.#tell(tx, {
          kind: mark.kind,
          user_ref: reader.userRef,
          payload: JSON.stringify({
            messageIds: [...known],
            value: mark.value,
            // The version before looks here.
            isRead: mark.value,
          }),
        });
        return { unknown: [] };
      },
    );
    if (result.unknown.length === 0) {
      this.#onGrowth();
    }
    return result;
  }

  async markAllRead(
    reader: Reader,
    filter: InboxFilter,
    upTo?: InboxPosition,
  ): Promise<void> {
    const upToSeq = await lastSeq(this.#knex);
    const isAll = !isNarrowed(filter);
    const floor = isAll ? await this.#raise(reader, filter, upToSeq, upTo) : 0;
    if (floor === upToSeq) {
      return;
    }
    for (let afterSeq: number | undefined = floor; afterSeq !== undefined; ) {
      const range = { afterSeq, upToSeq, upTo };
      afterSeq = await this.#readSome(reader, filter, range, isAll);
    }
  }

  /**
   * Raises the floors as far as nothing lies below them that stands after the place in the list.
   *
   * @returns how far that is; what is older and lies above has come later than something newer, from another plugin
   */
  async #raise(
    reader: Reader,
    { scope }: InboxFilter,
    upToSeq: number,
    upTo: InboxPosition | undefined,
  ): Promise<number> {
    const floor = await this.#change(reader, async (tx, state) => {
      const beyond =
        upTo && (await new InboxQueries(tx, state, scope).firstSeqBeyond(upTo));
      const raised = Math.min(upToSeq, (beyond ?? Infinity) - 1);
      await readAll(tx, state, scope, raised);
      await this.#tell(tx, { kind: 'refresh', user_ref: reader.userRef });
      return raised;
    });
    this.#onGrowth();
    return floor;
  }

  async clear(reader: Reader): Promise<void> {
    await this.#change(reader, async (tx, state) => {
      await archiveAll(tx, state);
      await this.#tell(tx, { kind: 'refresh', user_ref: reader.userRef });
    });
    this.#onGrowth();
  }

  /** One batch; of all there is, also what is muted. @returns up to where it came; `undefined` where nothing was left */
  async #readSome(
    reader: Reader,
    filter: InboxFilter,
    range: SeqRange,
    isAll: boolean,
  ): Promise<number | undefined> {
    const limit = this.#rowsPerTransaction;
    const last = await this.#change(reader, async (tx, state) => {
      const marked = await readMatching(
        tx,
        isAll ? { ...state, muting: [] } : state,
        filter,
        { ...range, limit },
      );
      if (marked !== undefined) {
        await this.#tell(tx, { kind: 'refresh', user_ref: reader.userRef });
      }
      return marked;
    });
    if (last !== undefined) {
      this.#onGrowth();
    }
    return last;
  }

  /** A change of what a reader has said: one at a time for each of them, by their state as it is then. */
  async #change<T>(
    reader: Reader,
    change: (tx: Knex.Transaction, state: ReaderState) => Promise<T>,
  ): Promise<T> {
    // Where they have not been here for a while, this is a visit.
    await this.#states.read(reader);
    return inTransaction(this.#knex, async tx =>
      change(tx, await lockedState(tx, reader, this.#rules)),
    );
  }

  /** Adds to the feed. The last thing that a transaction does. */
  async #tell(
    tx: Knex.Transaction,
    entry: {
      kind: string;
      message_id?: string;
      user_ref?: string;
      payload?: string;
    },
  ): Promise<void> {
    await appendToFeed(tx, { ...entry, at: this.#rules.now().getTime() });
  }
}
