import { Knex } from 'knex';
import { NewMessage } from '../messages/Message';
import {
  IdempotencyKey,
  InboxFilter,
  InboxPage,
  InboxPageRequest,
  MessageStore,
  Reader,
  StoreOutcome,
} from '../messages/MessageStore';
import { nextSeq } from './engine';
import { InboxQueries } from './inboxQueries';
import { insertMessage } from './insertMessage';
import { toMessage } from './messageRow';
import { FloorRules, floorsInScope, readFloors } from './readFloors';

const KEYS_ARE_KEPT_MS = 24 * 60 * 60_000;

type Repetition = Exclude<StoreOutcome, { outcome: 'stored' }>;

/** The store on the host's database; the tables are those of `migrations/`. */
export class DatabaseMessageStore implements MessageStore {
  readonly #knex: Knex;
  readonly #rules: FloorRules;
  readonly #onGrowth: () => void;

  /** @param options - `onGrowth` is told after every commit that has added to the feed */
  constructor(knex: Knex, options: FloorRules & { onGrowth?: () => void }) {
    this.#knex = knex;
    this.#rules = options;
    this.#onGrowth = options.onGrowth ?? (() => {});
  }

  async store(
    message: NewMessage,
    key?: IdempotencyKey,
  ): Promise<StoreOutcome> {
    const outcome = key
      ? await this.#storeOnce(message, key)
      : await this.#storeNow(this.#knex, message);
    if (outcome.outcome === 'stored') {
      this.#onGrowth();
    }
    return outcome;
  }

  async earlier(
    sender: string,
    key: IdempotencyKey,
  ): Promise<Repetition | undefined> {
    return this.#outcomeOf(this.#knex, sender, key);
  }

  async list(reader: Reader, request: InboxPageRequest): Promise<InboxPage> {
    const queries = await this.#queries(reader, request.scope);
    const rows = await queries.page(request, request.limit + 1);
    const page = rows.slice(0, request.limit);
    const last = page.at(-1);
    const isKeyset = ['created', 'seq'].includes(request.orderBy);
    return {
      messages: page.map(row => ({
        ...toMessage(row),
        isRead: Boolean(row.is_read),
      })),
      next:
        last && isKeyset && rows.length > request.limit
          ? { sortAt: Number(last.sort_at), seq: Number(last.seq) }
          : undefined,
    };
  }

  async count(reader: Reader, filter: InboxFilter): Promise<number> {
    return (await this.#queries(reader, filter.scope)).count(filter);
  }

  async markRead(
    reader: Reader,
    messageIds: readonly string[],
    isRead: boolean,
  ): Promise<{ unknown: string[] }> {
    const floors = await readFloors(this.#knex, reader, this.#rules);
    const result = await this.#knex.transaction(
      async (tx): Promise<{ unknown: string[] }> => {
        const visible = await new InboxQueries(
          tx,
          reader.userRef,
          floors,
        ).visible(messageIds);
        const known = new Set(visible.map(({ messageId }) => messageId));
        const unknown = messageIds.filter(id => !known.has(id));
        if (unknown.length > 0 || visible.length === 0) {
          return { unknown };
        }
        await tx('herald_read_mark')
          .insert(
            visible.map(({ messageId, seq }) => ({
              user_ref: reader.userRef,
              message_id: messageId,
              seq,
              is_read: isRead,
            })),
          )
          .onConflict(['message_id', 'user_ref'])
          .merge(['seq', 'is_read']);
        await tx('herald_feed').insert({
          seq: await nextSeq(tx),
          kind: 'read',
          user_ref: reader.userRef,
          payload: JSON.stringify({ messageIds: [...known], isRead }),
          at: this.#rules.now().getTime(),
        });
        return { unknown: [] };
      },
    );
    if (result.unknown.length === 0) {
      this.#onGrowth();
    }
    return result;
  }

  async purgeIdempotencyKeys(): Promise<number> {
    return this.#knex('herald_idempotency_key')
      .where('created_at', '<', this.#oldestKey())
      .delete();
  }

  async #storeNow(db: Knex, message: NewMessage): Promise<StoreOutcome> {
    await insertMessage(db, message);
    return { outcome: 'stored', messageId: message.id };
  }

  async #storeOnce(
    message: NewMessage,
    key: IdempotencyKey,
  ): Promise<StoreOutcome> {
    return this.#knex.transaction(
      async tx =>
        (await this.#claim(tx, message, key)) ?? this.#storeNow(tx, message),
    );
  }

  async #queries(
    reader: Reader,
    scope: InboxFilter['scope'],
  ): Promise<InboxQueries> {
    const floors = await readFloors(this.#knex, reader, this.#rules);
    return new InboxQueries(
      this.#knex,
      reader.userRef,
      floorsInScope(floors, scope),
    );
  }

  /**
   * Takes the key for this message. Of many senders at once the constraint lets one through; the others wait for its commit here.
   *
   * @returns what became of the message that took the key before, if one did
   */
  async #claim(
    tx: Knex.Transaction,
    message: NewMessage,
    key: IdempotencyKey,
  ): Promise<StoreOutcome | undefined> {
    const claim = {
      body_hash: key.bodyHash,
      message_id: message.id,
      created_at: message.createdAt.getTime(),
    };
    const claimed = await tx('herald_idempotency_key')
      .insert({ sender: message.sender, key: key.key, ...claim })
      .onConflict(['sender', 'key'])
      .merge(claim)
      .where('herald_idempotency_key.created_at', '<', this.#oldestKey())
      .returning('message_id');
    if (claimed.length > 0) {
      return undefined;
    }
    return this.#outcomeOf(tx, message.sender, key);
  }

  async #outcomeOf(
    db: Knex,
    sender: string,
    key: IdempotencyKey,
  ): Promise<Repetition | undefined> {
    const row = await db('herald_idempotency_key')
      .where({ sender, key: key.key })
      .where('created_at', '>=', this.#oldestKey())
      .first('body_hash', 'message_id');
    if (!row) {
      return undefined;
    }
    return row.body_hash === key.bodyHash
      ? { outcome: 'repeated', messageId: row.message_id }
      : { outcome: 'conflict' };
  }

  #oldestKey(): number {
    return this.#rules.now().getTime() - KEYS_ARE_KEPT_MS;
  }
}
