import {
  PreferenceDefaults,
  PreferenceRule,
} from '@herald/backstage-plugin-notifications-common';
import { Knex } from 'knex';
import { EVERYBODY, NewMessage, StoredMessage } from '../messages/Message';
import {
  Admission,
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
import { DatabaseQuotaLedger } from './DatabaseQuotaLedger';
import { eraseData } from './eraseData';
import { inTransaction, isAboutData, repeated } from './inTransaction';
import {
  Repetition,
  claimKey,
  moveKey,
  outcomeOfKey,
  purgeKeys,
} from './idempotencyKeys';
import { inBatches } from './inBatches';
import { InboxCounts } from './inboxCounts';
import { InboxPages, InboxRow } from './inboxPages';
import { InboxQueries } from './inboxQueries';
import { aliased } from './messageAliases';
import { toMessage, toNewRow } from './messageRow';
import {
  preferenceDocuments,
  setPreferenceDocument,
} from './preferenceDocuments';
import { ReaderChanges } from './ReaderChanges';
import { FloorRules, ReaderState } from './readerState';
import { ReaderStates } from './ReaderStates';
import { Batcher } from './Batcher';
import {
  correctMessage,
  findSender,
  findSent,
  withdrawMessage,
} from './sentMessages';
import { Companion, storeMessages } from './storeMessages';
import { UnreadBelow } from './UnreadBelow';

const MESSAGES_PER_STATEMENT = 100;
const ROWS_PER_TRANSACTION = 2_500;

/** The store on the host's database; the tables are those of `migrations/`. */
export class DatabaseMessageStore implements MessageStore {
  readonly #knex: Knex;
  readonly #rules: FloorRules;
  readonly #states: ReaderStates;
  readonly #below = new UnreadBelow();
  readonly #onGrowth: () => void;
  readonly #companion: Companion | undefined;
  readonly #changes: ReaderChanges;
  readonly #sends: Batcher<NewMessage, string>;

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
    this.#changes = new ReaderChanges(knex, {
      states: this.#states,
      rules: options,
      onGrowth: this.#onGrowth,
      rowsPerTransaction: options.rowsPerTransaction ?? ROWS_PER_TRANSACTION,
    });
    this.#sends = new Batcher({
      work: messages =>
        repeated(() => storeMessages(knex, messages, options.companion)),
      keyOf: message => toNewRow(message).scope_hash,
      limit: MESSAGES_PER_STATEMENT,
      isFaultOfOne: isAboutData,
    });
  }

  async store(
    message: NewMessage,
    key?: IdempotencyKey,
    admit?: Admission,
  ): Promise<StoreOutcome> {
    const outcome = key
      ? await this.#storeOnce(message, key, admit)
      : await this.#storeAdmitted(message, admit);
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
      this.#counts(state, filter).count(filter),
    );
  }

  async countByOrigin(
    reader: Reader,
    filter: InboxFilter,
    limit: number,
  ): Promise<OriginCount[]> {
    const state = await this.#states.read(reader);
    return this.#counts(state, filter).countByOrigin(filter, limit);
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
    const { unknown } = await this.#changes.mark(reader, messageIds, mark);
    this.#below.forget(reader.userRef);
    return { unknown };
  }

  async markAllRead(
    reader: Reader,
    filter: InboxFilter,
    upTo: InboxPosition | undefined,
  ): Promise<void> {
    await this.#changes.markAllRead(reader, filter, upTo);
    this.#below.forget(reader.userRef);
  }

  async positionOf(
    reader: Reader,
    messageId: string,
  ): Promise<InboxPosition | undefined> {
    const queries = await this.#queries(reader, { scope: 'all' });
    return queries.positionOf(messageId);
  }

  async clear(reader: Reader): Promise<void> {
    await this.#changes.clear(reader);
    this.#below.forget(reader.userRef);
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
    const earlier = () => this.#knex('herald_target').whereNull('origin');
    await inBatches(limit =>
      earlier()
        .whereIn(
          ['message_id', 'ref'],
          earlier().limit(limit).select('message_id', 'ref'),
        )
        .update({ origin: copyOf('origin'), topic: copyOf('topic') }),
    );
  }

  async erase(userRef: string): Promise<ErasedCounts> {
    return inTransaction(this.#knex, tx => eraseData(tx, userRef));
  }

  async #storeAdmitted(
    message: NewMessage,
    admit: Admission | undefined,
  ): Promise<StoreOutcome> {
    await admit?.(new DatabaseQuotaLedger(this.#knex));
    return stored(await this.#sends.do(message));
  }

  async #storeOnce(
    message: NewMessage,
    key: IdempotencyKey,
    admit: Admission | undefined,
  ): Promise<StoreOutcome> {
    return inTransaction(this.#knex, async tx => {
      const earlier = await claimKey(tx, message, key, this.#rules.now());
      if (earlier) {
        return earlier;
      }
      await admit?.(new DatabaseQuotaLedger(tx));
      const [messageId] = await storeMessages(tx, [message], this.#companion);
      if (messageId !== message.id) {
        await moveKey(tx, message.sender, key, messageId);
      }
      return stored(messageId);
    });
  }

  #counts(state: ReaderState, { scope }: InboxFilter): InboxCounts {
    return new InboxCounts(this.#knex, state, scope, this.#below);
  }

  async #queries(reader: Reader, filter: InboxFilter): Promise<InboxQueries> {
    const state = await this.#states.read(reader);
    return new InboxQueries(this.#knex, state, filter.scope);
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
