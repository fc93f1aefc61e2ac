import { CustomErrorBase } from '@backstage/errors';

/** The translator cannot be reached, does not know the key or the model, or refuses to translate at all. */
export class TranslatorUnavailable extends CustomErrorBase {
  readonly name = 'TranslatorUnavailable' as const;
}

/** A job's translation came to nothing: the job fails as `TRANSLATION_FAILED`. */
export class TranslationFailed extends CustomErrorBase {
  readonly name = 'TranslationFailed' as const;
  readonly language: string;
  /** Segments of the language. */
  readonly total: number;
  /** Segments that no translation was found for until now. */
  readonly untranslated: number;

  constructor(
    language: string,
    counts: { total: number; untranslated: number },
    why: string,
  ) {
    super(
      `Translation into ${language} failed: ${why} (${counts.untranslated} of ${counts.total} segments have no translation)`,
    );
    this.language = language;
    this.total = counts.total;
    this.untranslated = counts.untranslated;
  }
}
