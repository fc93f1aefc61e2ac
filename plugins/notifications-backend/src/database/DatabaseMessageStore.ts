import {
  PreferenceDefaults,
  PreferenceRule,
} from '@herald/backstage-plugin-notifications-common';
import { Knex } from 'knex';
import { EVERYBODY, NewMessage, StoredMessage } from '../messages/Message';
import {
  Correction,
  ErasedCounts,
  IdempotencyKey,
  InboxFilter,
  InboxPage,
  InboxPageRequest,
  InboxPosition,
  Mark,
  MessageStore,
  OriginCount,
  Reader,
  StoreOutcome,
} from '../messages/MessageStore';
import { NO_DEFAULTS } from '../messages/muting';
import { eraseData } from './eraseData';
import { appendToFeed } from './engine';
import { inTransaction, isAboutData } from './inTransaction';
import {
  Repetition,
  claimKey,
  moveKey,
  outcomeOfKey,
  purgeKeys,
} from './idempotencyKeys';
import { InboxCounts } from './inboxCounts';
import { InboxPages, InboxRow } from './inboxPages';
import { InboxQueries } from './inboxQueries';
import { aliased } from './messageAliases';
import { toMessage, toNewRow } from './messageRow';
import {
  preferenceDocuments,
  setPreferenceDocument,
} from './preferenceDocuments';
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
import { SendBatcher } from './SendBatcher';
import {
  correctMessage,
  findSender,
  findSent,
  withdrawMessage,
} from './sentMessages';
import { Companion, storeMessages } from './storeMessages';

const MESSAGES_PER_STATEMENT = 100;

/** The store on the host's database; the tables are those of `migrations/`. */
export class DatabaseMessageStore implements MessageStore {
  readonly #knex: Knex;
  readonly #rules: FloorRules;
  readonly #states: ReaderStates;
  readonly #onGrowth: () => void;
  readonly #companion: Companion | undefined;
  readonly #rowsPerTransaction: number;
  readonly #sends: SendBatcher<NewMessage, string>;

  /** @param options - `onGrowth` is told after every commit that has added to the feed; `companion` writes what goes with a send; a
   * change of more than `rowsPerTransaction` (2,500) rows is made in several */
  constructor(
    knex: Knex,
    options: FloorRules & {
      onGrowth?: () => void;
      companion?: Companion;
      rowsPerTransaction?: number;
    },
  ) {
    this.#knex = knex;
    this.#rules = options;
    this.#states = new ReaderStates(knex, options);
    this.#onGrowth = options.onGrowth ?? (() => {});
    this.#companion = options.companion;
    this.#rowsPerTransaction = options.rowsPerTransaction ?? 2_500;
    this.#sends = new SendBatcher({
      work: messages => storeMessages(knex, messages, options.companion),
      keyOf: message => toNewRow(message).scope_hash,
      limit: MESSAGES_PER_STATEMENT,
      isFaultOfOne: isAboutData,
    });
  }

  async store(
    message: NewMessage,
    key?: IdempotencyKey,
  ): Promise<StoreOutcome> {
    const outcome = key
      ? await this.#storeOnce(message, key)
      : stored(await this.#sends.do(message));
    if (outcome.outcome === 'stored') {
      this.#onGrowth();
    }
    return outcome;
  }

  async earlier(
    sender: string,
    key: IdempotencyKey,
  ): Promise<Repetition | undefined> {
    return outcomeOfKey(this.#knex, sender, key, this.#rules.now());
  }

  async list(reader: Reader, request: InboxPageRequest): Promise<InboxPage> {
    const rows = await this.#states.answer(reader, state =>
      new InboxPages(this.#knex, state, request.scope).page(
        request,
        request.limit + 1,
      ),
    );
    return {
      messages: rows.slice(0, request.limit).map(row => ({
        ...toMessage(row),
        isRead: Boolean(row.is_read),
        isArchived: Boolean(row.is_archived),
        isSaved: Boolean(row.is_saved),
      })),
      next: nextPosition(request, rows),
    };
  }

  async listIds(
    reader: Reader,
    request: InboxPageRequest,
  ): Promise<{ ids: string[]; next?: InboxPosition }> {
    const pages = new InboxPages(
      this.#knex,
      await this.#states.read(reader),
      request.scope,
    );
    const rows = await pages.places(request, request.limit + 1);
    return {
      ids: rows.slice(0, request.limit).map(({ id }) => id),
      next: nextPosition(request, rows),
    };
  }

  async count(reader: Reader, filter: InboxFilter): Promise<number> {
    return this.#states.answer(reader, state =>
      new InboxCounts(this.#knex, state, filter.scope).count(filter),
    );
  }

  async countByOrigin(
    reader: Reader,
    filter: InboxFilter,
    limit: number,
  ): Promise<OriginCount[]> {
    const state = await this.#states.read(reader);
    return new InboxCounts(this.#knex, state, filter.scope).countByOrigin(
      filter,
      limit,
    );
  }

  async origins(
    reader: Reader,
    limit: number,
  ): Promise<{ origin: string; topics: string[] }[]> {
    const rows = await (
      await this.#queries(reader, { scope: 'all' })
    ).origins(limit);
    const topics = new Map<string, string[]>();
    for (const { origin, topic } of rows) {
      topics.set(origin, [
        ...(topics.get(origin) ?? []),
        ...(topic ? [topic] : []),
      ]);
    }
    return [...topics].map(([origin, ofOrigin]) => ({
      origin,
      topics: ofOrigin,
    }));
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
    upToSeq?: number,
  ): Promise<void> {
    const point = upToSeq ?? (await lastSeq(this.#knex));
    if (!isNarrowed(filter)) {
      await this.#change(reader, async (tx, state) => {
        await readAll(tx, state, filter.scope, point);
        await this.#tell(tx, { kind: 'refresh', user_ref: reader.userRef });
      });
      this.#onGrowth();
      return;
    }
    for (let afterSeq: number | undefined = 0; afterSeq !== undefined; ) {
      afterSeq = await this.#readSome(reader, filter, afterSeq, point);
    }
  }

  async seqOf(reader: Reader, messageId: string): Promise<number | undefined> {
    return (await this.#queries(reader, { scope: 'all' })).seqOf(messageId);
  }

  async clear(reader: Reader): Promise<void> {
    await this.#change(reader, async (tx, state) => {
      await archiveAll(tx, state);
      await this.#tell(tx, { kind: 'refresh', user_ref: reader.userRef });
    });
    this.#onGrowth();
  }

  async sent(
    messageId: string,
  ): Promise<{ message: StoredMessage; targets: string[] } | undefined> {
    return findSent(this.#knex, messageId);
  }

  async aliased(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return aliased(this.#knex, ids);
  }

  async senderOf(messageId: string): Promise<string | undefined> {
    return findSender(this.#knex, messageId);
  }

  async correct(
    messageId: string,
    correction: Correction,
  ): Promise<StoredMessage | undefined> {
    const corrected = await correctMessage(
      this.#knex,
      messageId,
      correction,
      this.#rules.now(),
    );
    if (corrected) {
      this.#onGrowth();
    }
    return corrected;
  }

  async withdraw(messageId: string): Promise<boolean> {
    const isGone = await withdrawMessage(
      this.#knex,
      messageId,
      this.#rules.now(),
    );
    if (isGone) {
      this.#onGrowth();
    }
    return isGone;
  }

  async preferencesOf(
    userRef: string,
  ): Promise<{ rules: PreferenceRule[]; defaults: PreferenceDefaults }> {
    const documents = await preferenceDocuments(this.#knex, [
      userRef,
      EVERYBODY,
    ]);
    return {
      rules: (documents.get(userRef) as PreferenceRule[] | undefined) ?? [],
      defaults:
        (documents.get(EVERYBODY) as PreferenceDefaults | undefined) ??
        NO_DEFAULTS,
    };
  }

  async setRules(
    userRef: string,
    rules: readonly PreferenceRule[],
  ): Promise<void> {
    await this.#setDocument(userRef, rules);
  }

  async preferenceDefaults(): Promise<PreferenceDefaults> {
    return (await this.preferencesOf(EVERYBODY)).defaults;
  }

  async setPreferenceDefaults(defaults: PreferenceDefaults): Promise<void> {
    await this.#setDocument(EVERYBODY, defaults);
  }

  async purgeIdempotencyKeys(): Promise<number> {
    return purgeKeys(this.#knex, this.#rules.now());
  }

  async adoptEarlier(): Promise<void> {
    const copyOf = (column: 'origin' | 'topic') =>
      this.#knex('herald_message')
        .select(column)
        .whereRaw('herald_message.id = herald_target.message_id');
    await this.#knex('herald_target')
      .whereNull('origin')
      .update({ origin: copyOf('origin'), topic: copyOf('topic') });
  }

  async erase(userRef: string): Promise<ErasedCounts> {
    return this.#knex.transaction(tx => eraseData(tx, userRef));
  }

  async #storeOnce(
    message: NewMessage,
    key: IdempotencyKey,
  ): Promise<StoreOutcome> {
    return this.#knex.transaction(async tx => {
      const earlier = await claimKey(tx, message, key, this.#rules.now());
      if (earlier) {
        return earlier;
      }
      const [messageId] = await storeMessages(tx, [message], this.#companion);
      if (messageId !== message.id) {
        await moveKey(tx, message.sender, key, messageId);
      }
      return stored(messageId);
    });
  }

  /** One batch. @returns up to where it came; `undefined` where nothing was left */
  async #readSome(
    reader: Reader,
    filter: InboxFilter,
    afterSeq: number,
    upToSeq: number,
  ): Promise<number | undefined> {
    const limit = this.#rowsPerTransaction;
    const last = await this.#change(reader, async (tx, state) => {
      const range = { afterSeq, upToSeq, limit };
      const marked = await readMatching(tx, state, filter, range);
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

  async #queries(reader: Reader, filter: InboxFilter): Promise<InboxQueries> {
    const state = await this.#states.read(reader);
    return new InboxQueries(this.#knex, state, filter.scope);
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

  async #setDocument(userRef: string, document: unknown): Promise<void> {
    await setPreferenceDocument(
      this.#knex,
      userRef,
      document,
      this.#rules.now(),
    );
    this.#onGrowth();
  }
}

/** Where the next page begins: of one row more than were asked for, after the last one that was. */
function nextPosition(
  { limit, orderBy }: InboxPageRequest,
  rows: readonly Pick<InboxRow, 'sort_at' | 'seq'>[],
): InboxPosition | undefined {
  const last = rows.at(limit - 1);
  return last && rows.length > limit && ['created', 'seq'].includes(orderBy)
    ? { sortAt: Number(last.sort_at), seq: Number(last.seq) }
    : undefined;
}

function stored(messageId: string): StoreOutcome {
  return { outcome: 'stored', messageId };
}
