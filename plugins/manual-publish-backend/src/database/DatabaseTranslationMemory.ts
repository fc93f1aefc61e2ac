import { Knex } from 'knex';
import {
  RememberedTranslation,
  TranslationMemory,
} from '../translation/TranslationMemory';
import { chunks } from './chunks';

const TABLE = 'herald_translation_memory';
const ROWS_PER_INSERT = 100;
/** A use is written down once a day, so that reading does not write most of the time. */
const USE_PRECISION_MS = 24 * 60 * 60 * 1000;

/** The translation memory in the database of the plugin, shared by all solutions and replicas. */
export class DatabaseTranslationMemory implements TranslationMemory {
  readonly #knex: Knex;
  readonly #now: () => Date;

  constructor(knex: Knex, options: { now: () => Date }) {
    this.#knex = knex;
    this.#now = options.now;
  }

  async recall(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const now = this.#now().getTime();
    const translations = new Map<string, string>();
    for (const part of chunks(keys)) {
      const rows: {
        hash: string;
        translation: string;
        last_used_at: number | string;
      }[] = await this.#knex(TABLE)
        .whereIn('hash', part)
        .select('hash', 'translation', 'last_used_at');
      for (const row of rows) translations.set(row.hash, row.translation);
      await this.#touch(
        rows
          .filter(row => Number(row.last_used_at) <= now - USE_PRECISION_MS)
          .map(row => row.hash),
        now,
      );
    }
    return translations;
  }

  /** What is there already is replaced: whoever asked again found fault with it. */
  async remember(
    translations: readonly RememberedTranslation[],
  ): Promise<void> {
    const now = this.#now().getTime();
    // In one order, so that two jobs with the same segments do not wait for each other in a circle.
    const rows = translations
      .map(each => ({
        hash: each.key,
        translation: each.translation,
        language: each.language,
        translator_version: each.translatorVersion,
        glossary_version: each.glossaryVersion,
        created_at: now,
        last_used_at: now,
      }))
      .sort((one, other) => (one.hash < other.hash ? -1 : 1));
    for (const part of chunks(rows, ROWS_PER_INSERT)) {
      await this.#knex(TABLE).insert(part).onConflict('hash').merge();
    }
  }

  /**
   * Deletes what was not used since, and says how much that was. Uses are known to the day: the moment has to be longer ago.
   */
  async purge(unusedSince: Date): Promise<number> {
    return this.#knex(TABLE)
      .where('last_used_at', '<', unusedSince.getTime())
      .delete();
  }

  async #touch(hashes: readonly string[], now: number): Promise<void> {
    if (hashes.length === 0) return;
    await this.#knex(TABLE)
      .whereIn('hash', hashes)
      .update({ last_used_at: now });
  }
}
