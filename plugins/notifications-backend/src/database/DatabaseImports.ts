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
import { ImportedMessage } from '../import/Predecessor';
import { EVERYBODY } from '../messages/Message';
import { appendToFeed, lockFeed, quietSeqs } from './engine';
import { inChunks } from './inChunks';
import { insertImported } from './insertImported';
import { isAboutData } from './inTransaction';
import { WORK_TABLE } from './workTable';

const TABLE = 'herald_import';
const BATCH = 'import-batch';

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
  ): Promise<
    | { progress: ImportProgress; isRunning: boolean; failure?: string }
    | undefined
  > {
    const row = await this.#knex(TABLE).where({ source }).first();
    if (!row) {
      return undefined;
    }
    const progress: ImportProgress = JSON.parse(row.progress);
    if (!row.is_running) {
      return { progress, isRunning: false };
    }
    const batches: { state: string; last_error: string | null }[] =
      await batchesOf(this.#knex, source).select('state', 'last_error');
    const dead = batches.find(({ state }) => state === 'dead');
    // Neither where somebody has discarded it.
    return batches.some(({ state }) => state === 'open')
      ? { progress, isRunning: true }
      : {
          progress,
          isRunning: false,
          failure: dead && (dead.last_error ?? 'it is not known why'),
        };
  }

  async begin(source: ImportSource): Promise<void> {
    await this.#knex.transaction(async tx => {
      // In the order in which a batch takes them: the work, then the import.
      await batchesOf(tx, source).where({ state: 'dead' }).delete();
      await this.#enqueue(tx, source);
      await tx(TABLE)
        .insert({
          source,
          progress: JSON.stringify(NOTHING_YET),
          is_running: true,
          updated_at: this.#now().getTime(),
        })
        .onConflict('source')
        .merge(['is_running', 'updated_at']);
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
    toProgress: (
      imported: number,
      refused: ReadonlyMap<ImportedMessage, string>,
    ) => ImportProgress,
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
      const refused = await this.#insertAccepted(tx, added);
      await this.#update(
        tx,
        source,
        true,
        toProgress(added.length - refused.size, refused),
      );
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
      { kind: BATCH, key: source, payload: { source } },
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

  /** @returns why messages were not inserted */
  async #insertAccepted(
    tx: Knex.Transaction,
    messages: readonly ImportedMessage[],
  ): Promise<ReadonlyMap<ImportedMessage, string>> {
    const refused = new Map<ImportedMessage, string>();
    const attempt = async (some: readonly ImportedMessage[]) => {
      try {
        await tx.transaction(part => insertImported(part, some, this.#now()));
        return undefined;
      } catch (error) {
        if (!isAboutData(error)) {
          throw error;
        }
        return reasonOf(error);
      }
    };
    if ((await attempt(messages)) === undefined) {
      return refused;
    }
    for (const message of messages) {
      const reason = await attempt([message]);
      if (reason !== undefined) {
        refused.set(message, reason);
      }
    }
    return refused;
  }
}

function batchesOf(db: Knex, source: ImportSource): Knex.QueryBuilder {
  return db(WORK_TABLE).where({ kind: BATCH, key: source });
}

/** What the database says, without the statement that knex puts before it. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return said
    .slice(said.lastIndexOf(' - ') + 1)
    .replace(/^- /, '')
    .slice(0, 200);
}
