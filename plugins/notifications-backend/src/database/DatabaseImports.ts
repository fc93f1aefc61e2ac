import {
  ImportSource,
  PreferenceRule,
} from '@herald/backstage-plugin-notifications-common';
import { WorkItem, WorkQueue } from '@herald/work-queue';
import { Knex } from 'knex';
import {
  ImportProgress,
  ImportStore,
  ImportWork,
  NOTHING_YET,
} from '../import/Importer';
import { ImportedMark, ImportedMessage } from '../import/Predecessor';
import { EVERYBODY, NewMessage } from '../messages/Message';
import { appendToFeed, lockFeed, quietSeqs } from './engine';
import { isPlain, toNewRow } from './messageRow';

const TABLE = 'herald_import';
const ROWS_PER_INSERT = 100;

type Item = WorkItem<ImportWork['import-batch']>;

/** Writes imported messages beside our own. They have places in the feed's order, and no rows in the feed but one at the end. */
export class DatabaseImports implements ImportStore {
  readonly #knex: Knex;
  readonly #work: Pick<WorkQueue<ImportWork>, 'enqueue'>;
  readonly #now: () => Date;
  readonly #onGrowth: () => void;

  constructor(
    knex: Knex,
    options: {
      work: Pick<WorkQueue<ImportWork>, 'enqueue'>;
      now: () => Date;
      onGrowth: () => void;
    },
  ) {
    this.#knex = knex;
    this.#work = options.work;
    this.#now = options.now;
    this.#onGrowth = options.onGrowth;
  }

  async progressOf(
    source: ImportSource,
  ): Promise<{ progress: ImportProgress; isRunning: boolean } | undefined> {
    const row = await this.#knex(TABLE).where({ source }).first();
    return (
      row && {
        progress: JSON.parse(row.progress),
        isRunning: Boolean(row.is_running),
      }
    );
  }

  async begin(source: ImportSource): Promise<void> {
    await this.#knex.transaction(async tx => {
      await tx(TABLE)
        .insert({
          source,
          progress: JSON.stringify(NOTHING_YET),
          is_running: true,
          updated_at: this.#now().getTime(),
        })
        .onConflict('source')
        .merge(['is_running', 'updated_at']);
      await this.#enqueue(tx, source);
    });
  }

  async missing(ids: readonly string[]): Promise<number> {
    return ids.length - (await this.#present(this.#knex, ids)).size;
  }

  async withoutPreferences(userRefs: readonly string[]): Promise<number> {
    return (
      userRefs.length - (await this.#withPreferences(this.#knex, userRefs)).size
    );
  }

  async storeBatch(
    item: Item,
    messages: readonly ImportedMessage[],
    toProgress: (imported: number) => ImportProgress,
  ): Promise<void> {
    const { source } = item.payload;
    await this.#knex.transaction(async tx => {
      // First, so that the next one is not taken for this one, which has the same key.
      await item.completeIn(tx);
      await this.#enqueue(tx, source);
      const present = await this.#present(
        tx,
        messages.map(({ id }) => id),
      );
      const added = messages.filter(({ id }) => !present.has(id));
      await this.#update(tx, source, true, toProgress(added.length));
      await this.#insert(tx, added);
    });
  }

  async finish(
    item: Item,
    preferences: ReadonlyMap<string, readonly PreferenceRule[]>,
    toProgress: (people: number) => ImportProgress,
  ): Promise<void> {
    const { source } = item.payload;
    await this.#knex.transaction(async tx => {
      await item.completeIn(tx);
      const present = await this.#withPreferences(tx, [...preferences.keys()]);
      const added = [...preferences].filter(([user]) => !present.has(user));
      await inChunks(added, chunk =>
        tx('herald_preference').insert(
          chunk.map(([user, rules]) => ({
            user_ref: user,
            document: JSON.stringify(rules),
            updated_at: this.#now().getTime(),
          })),
        ),
      );
      const progress = toProgress(added.length);
      const seen = progress.imported + progress.people;
      await this.#update(tx, source, false, { ...progress, told: seen });
      await this.#tellOfPreferences(
        tx,
        added.map(([user]) => user),
      );
      if (seen > (progress.told ?? 0)) {
        await appendToFeed(tx, {
          kind: 'refresh',
          user_ref: EVERYBODY,
          at: this.#now().getTime(),
        });
      }
    });
    this.#onGrowth();
  }

  /** The last thing but one: from here on those who send wait. */
  async #tellOfPreferences(
    tx: Knex.Transaction,
    userRefs: readonly string[],
  ): Promise<void> {
    if (userRefs.length === 0) {
      return;
    }
    await lockFeed(tx);
    const seqs = await quietSeqs(tx, userRefs.length);
    const at = this.#now().getTime();
    await inChunks(userRefs, (chunk, start) =>
      tx('herald_feed').insert(
        chunk.map((user, index) => ({
          seq: seqs[start + index],
          kind: 'preferences',
          user_ref: user,
          at,
        })),
      ),
    );
  }

  async #enqueue(tx: Knex.Transaction, source: ImportSource): Promise<void> {
    await this.#work.enqueue(tx, [
      { kind: 'import-batch', key: source, payload: { source } },
    ]);
  }

  async #update(
    tx: Knex.Transaction,
    source: ImportSource,
    isRunning: boolean,
    progress: ImportProgress,
  ): Promise<void> {
    await tx(TABLE)
      .where({ source })
      .update({
        is_running: isRunning,
        progress: JSON.stringify(progress),
        updated_at: this.#now().getTime(),
      });
  }

  async #present(db: Knex, ids: readonly string[]): Promise<Set<string>> {
    const present = new Set<string>();
    await inChunks(ids, async chunk => {
      for (const id of await db('herald_message')
        .whereIn('id', chunk)
        .pluck('id')) {
        present.add(id);
      }
    });
    return present;
  }

  async #withPreferences(
    db: Knex,
    userRefs: readonly string[],
  ): Promise<Set<string>> {
    const present = new Set<string>();
    await inChunks(userRefs, async chunk => {
      for (const user of await db('herald_preference')
        .whereIn('user_ref', chunk)
        .pluck('user_ref')) {
        present.add(user);
      }
    });
    return present;
  }

  async #insert(
    tx: Knex.Transaction,
    messages: readonly ImportedMessage[],
  ): Promise<void> {
    if (messages.length === 0) {
      return;
    }
    const rows = withoutTakenScopes(
      messages.map(message => ({ message, row: toRow(message) })),
      await takenScopes(tx, messages),
    );
    const seqs = await quietSeqs(tx, rows.length);
    await inChunks(rows, (chunk, start) =>
      tx('herald_message').insert(
        chunk.map(({ row }, index) => ({ ...row, seq: seqs[start + index] })),
      ),
    );
    const placed = rows.map((entry, index) => ({ ...entry, seq: seqs[index] }));
    await inChunks(
      placed.flatMap(({ message, row, seq }) =>
        message.targets.map(ref => ({
          message_id: message.id,
          ref,
          seq,
          sort_at: row.sort_at,
          origin: message.origin,
          topic: message.topic ?? null,
          expires_at: null,
          is_plain: isPlain(asNew(message)),
        })),
      ),
      chunk => tx('herald_target').insert(chunk),
    );
    const marks = placed.flatMap(({ message, seq }) =>
      oneOfEach(message.marks).map(mark => ({ message, seq, mark })),
    );
    await inChunks(
      marks.filter(({ mark }) => mark.isRead),
      chunk =>
        tx('herald_read_mark').insert(
          chunk.map(({ message, seq, mark }) => ({
            user_ref: mark.userRef,
            message_id: message.id,
            seq,
            is_read: true,
          })),
        ),
    );
    await inChunks(
      marks.filter(({ mark }) => mark.isSaved),
      chunk =>
        tx('herald_saved').insert(
          chunk.map(({ message, mark }) => ({
            user_ref: mark.userRef,
            message_id: message.id,
            saved_at: this.#now().getTime(),
          })),
        ),
    );
  }
}

/** The other plugin may know a person under several spellings of one ref. */
function oneOfEach(marks: readonly ImportedMark[]): ImportedMark[] {
  const byUser = new Map<string, ImportedMark>();
  for (const mark of marks) {
    const other = byUser.get(mark.userRef);
    byUser.set(mark.userRef, {
      userRef: mark.userRef,
      isRead: mark.isRead || (other?.isRead ?? false),
      isSaved: mark.isSaved || (other?.isSaved ?? false),
    });
  }
  return [...byUser.values()];
}

type Rows = { message: ImportedMessage; row: ReturnType<typeof toRow> }[];

function toRow(message: ImportedMessage) {
  const sortAt = (message.updatedAt ?? message.createdAt).getTime();
  return {
    ...toNewRow(asNew(message)),
    sort_at: sortAt,
    updated_at: message.updatedAt?.getTime() ?? null,
  };
}

function asNew({
  marks: _,
  updatedAt: __,
  ...message
}: ImportedMessage): NewMessage {
  return { ...message, exclusions: [] };
}

/** A scope has one message; the other plugin may have several, of senders who came at the same time. */
function withoutTakenScopes(rows: Rows, taken: ReadonlySet<string>): Rows {
  const seen = new Set(taken);
  // The newest one of a batch is the one that a later one will take the place of.
  return [...rows]
    .reverse()
    .map(({ message, row }) => {
      const hash = row.scope_hash;
      const isTaken = hash !== null && seen.has(hash);
      if (hash !== null) {
        seen.add(hash);
      }
      return { message, row: isTaken ? { ...row, scope_hash: null } : row };
    })
    .reverse();
}

async function takenScopes(
  tx: Knex.Transaction,
  messages: readonly ImportedMessage[],
): Promise<Set<string>> {
  const taken = new Set<string>();
  const hashes = messages
    .map(message => toNewRow(asNew(message)).scope_hash)
    .filter(hash => hash !== null);
  await inChunks(hashes, async chunk => {
    for (const hash of await tx('herald_message')
      .whereIn('scope_hash', chunk)
      .pluck('scope_hash')) {
      taken.add(hash);
    }
  });
  return taken;
}

async function inChunks<T>(
  items: readonly T[],
  each: (chunk: T[], start: number) => PromiseLike<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += ROWS_PER_INSERT) {
    await each(items.slice(start, start + ROWS_PER_INSERT), start);
  }
}
