import { LanguageProgress } from '../translation/LanguageRun';
import { NO_USAGE, TranslationUsage } from '../translation/TranslationUsage';
import { JobRecord } from './JobRecord';

/** Shows how far each language is, and adds up what they cost. */
export class LanguageProgressBoard {
  readonly #record: Pick<JobRecord, 'setProgress' | 'addCost'>;
  readonly #languages = new Map<string, LanguageProgress>();

  /** @param languages - in the order in which they are shown */
  constructor(
    record: Pick<JobRecord, 'setProgress' | 'addCost'>,
    languages: readonly string[],
  ) {
    this.#record = record;
    for (const language of languages) {
      this.#languages.set(language, {
        language,
        done: 0,
        total: 0,
        untranslated: 0,
        usage: NO_USAGE,
      });
    }
  }

  show(progress: LanguageProgress): void {
    const before = this.#languages.get(progress.language)?.usage ?? NO_USAGE;
    this.#languages.set(progress.language, progress);
    const more = (name: keyof TranslationUsage) =>
      progress.usage[name] - before[name];
    this.#record.addCost({
      translator_calls: more('calls'),
      input_tokens: more('inputTokens'),
      cached_input_tokens: more('cachedInputTokens'),
      output_tokens: more('outputTokens'),
      remembered_segments: more('rememberedSegments'),
    });
    this.#record.setProgress({
      current: undefined,
      languages: [...this.#languages.values()].map(
        ({ language, done, total, untranslated }) => ({
          language,
          done,
          total,
          untranslated,
        }),
      ),
    });
  }
}
