import { createHash } from 'node:crypto';

export type RememberedTranslation = {
  readonly key: string;
  readonly translation: string;
  readonly language: string;
  readonly translatorVersion: string;
  readonly glossaryVersion: string;
};

/** Translations that were paid for once. */
export interface TranslationMemory {
  /** What is remembered of these, by key. It counts as used. */
  recall(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;

  remember(translations: readonly RememberedTranslation[]): Promise<void>;
}

/** What the translation of a segment depends on. Where it stands is not among it: a text that moves costs nothing. */
export function memoryKey(
  segment: string,
  about: {
    language: string;
    sourceLanguage: string;
    translatorVersion: string;
    glossaryVersion: string;
  },
): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        segment,
        about.language,
        about.sourceLanguage,
        about.translatorVersion,
        about.glossaryVersion,
      ]),
    )
    .digest('hex');
}
