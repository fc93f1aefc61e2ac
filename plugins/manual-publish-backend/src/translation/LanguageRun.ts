import pLimit, { LimitFunction } from 'p-limit';
import { batchesOf } from './batchesOf';
import { TranslationFailed, TranslatorUnavailable } from './errors';
import { faultOf, normalised } from './faultOf';
import { keyOf, recallTranslations } from './recallTranslations';
import { TranslationLimits } from './TranslationLimits';
import type { TranslationMemory } from './TranslationMemory';
import { NO_USAGE, TranslationUsage, addUsage } from './TranslationUsage';
import type { Glossary, Translator } from './Translator';

export type LanguageProgress = {
  readonly language: string;
  /** Segments that are dealt with, those left untranslated too. */
  readonly done: number;
  readonly total: number;
  /** Segments left in the source language. */
  readonly untranslated: number;
  readonly usage: TranslationUsage;
};

export type LanguageRunOptions = {
  readonly language: string;
  readonly sourceLanguage: string;
  readonly glossary: Glossary;
  readonly translator: Translator;
  readonly memory: TranslationMemory;
  readonly limits: TranslationLimits;
  /** Of all languages together, and of all jobs. */
  readonly callLimit: LimitFunction;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LanguageProgress) => void;
  /** A segment stays in the source language. */
  readonly onLeft: (segment: string, reason: string) => void;
  /** A translation was taken although something is wrong with it. */
  readonly onDoubtful: (segment: string, reason: string) => void;
};

/** The segments of one language: what is remembered, then what has to be asked for, batch by batch. */
export class LanguageRun {
  readonly #options: LanguageRunOptions;
  readonly #translations = new Map<string, string>();
  #total = 0;
  #left = 0;
  #usage = NO_USAGE;

  constructor(options: LanguageRunOptions) {
    this.#options = options;
  }

  get progress(): LanguageProgress {
    return {
      language: this.#options.language,
      done: this.#translations.size + this.#left,
      total: this.#total,
      untranslated: this.#left,
      usage: this.#usage,
    };
  }

  /**
   * @returns translations by segment; without those that are left in the source language
   * @throws TranslationFailed where too many are left, or the translator is not there
   */
  async translate(
    segments: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const { limits, translator, callLimit, signal } = this.#options;
    this.#total = segments.length;
    await this.#recall(segments);
    const batches = batchesOf(
      segments.filter(segment => !this.#translations.has(segment)),
      limits,
      text => translator.estimateTokens(text),
    );
    // No language has more calls waiting than can run at once, or the others would wait for all of the first.
    const ownLimit = pLimit(limits.concurrency);
    await ownLimit.map(batches, batch =>
      callLimit(() => {
        signal.throwIfAborted();
        return this.#translateBatch(batch);
      }),
    );
    return this.#translations;
  }

  async #recall(segments: readonly string[]): Promise<void> {
    const { memory, onProgress } = this.#options;
    const remembered = await recallTranslations(
      memory,
      segments,
      this.#options,
    );
    for (const [segment, translation] of remembered) {
      this.#translations.set(segment, translation);
    }
    this.#usage = addUsage(this.#usage, {
      rememberedSegments: this.#translations.size,
    });
    onProgress(this.progress);
  }

  async #translateBatch(batch: readonly string[]): Promise<void> {
    const { limits, onLeft, onProgress } = this.#options;
    let waiting: ReadonlyMap<string, string> = new Map(
      batch.map(segment => [segment, '']),
    );
    for (let attempt = 0; waiting.size > 0; attempt++) {
      if (attempt > limits.retries) break;
      waiting = await this.#attempt(waiting, attempt);
      onProgress(this.progress);
    }
    for (const [segment, reason] of waiting) {
      this.#left += 1;
      onLeft(segment, reason);
    }
    if (waiting.size > 0) onProgress(this.progress);
    this.#failIfTooManyAreLeft();
  }

  /**
   * Asks once, and stores what is good at once, so that a job that is killed does not pay for it again.
   *
   * @param waiting - segments, with what was wrong with the answer before
   * @returns those that are not translated, with the reason
   */
  async #attempt(
    waiting: ReadonlyMap<string, string>,
    attempt: number,
  ): Promise<Map<string, string>> {
    const { glossary, limits, onDoubtful } = this.#options;
    const segments = [...waiting.keys()];
    const answers = await this.#ask(waiting, attempt);
    const accepted = new Map<string, string>();
    const refused = new Map<string, string>();
    segments.forEach((segment, index) => {
      const given = answers.get(idOf(index));
      const answer =
        given === undefined ? undefined : normalised(segment, given);
      const fault = faultOf(segment, answer, glossary);
      const isLast = attempt === limits.retries;
      if (answer === undefined || (fault && (fault.isFatal || !isLast))) {
        refused.set(segment, fault?.reason ?? '');
        return;
      }
      if (fault) onDoubtful(segment, fault.reason);
      accepted.set(segment, answer);
    });
    await this.#remember(accepted);
    return refused;
  }

  async #ask(
    waiting: ReadonlyMap<string, string>,
    attempt: number,
  ): Promise<ReadonlyMap<string, string>> {
    const { translator, language, sourceLanguage, glossary, signal } =
      this.#options;
    const entries = [...waiting];
    try {
      const { texts, usage } = await translator.translate({
        language,
        sourceLanguage,
        segments: entries.map(([text], index) => ({ id: idOf(index), text })),
        glossary,
        problems:
          attempt === 0
            ? undefined
            : new Map(
                entries.map(([, reason], index) => [idOf(index), reason]),
              ),
        signal,
      });
      this.#usage = addUsage(this.#usage, usage);
      return texts;
    } catch (error) {
      if (error instanceof TranslatorUnavailable) {
        throw this.#failure(error.message);
      }
      throw error;
    }
  }

  async #remember(accepted: ReadonlyMap<string, string>): Promise<void> {
    const { memory, language, translator, glossary } = this.#options;
    await memory.remember(
      [...accepted].map(([segment, translation]) => ({
        key: keyOf(segment, this.#options),
        translation,
        language,
        translatorVersion: translator.version,
        glossaryVersion: glossary.version,
      })),
    );
    for (const [segment, translation] of accepted) {
      this.#translations.set(segment, translation);
    }
  }

  #failIfTooManyAreLeft(): void {
    const share = this.#options.limits.untranslatedShare;
    if (this.#left > this.#total * share) {
      throw this.#failure(
        `more than ${Number(
          (share * 100).toFixed(2),
        )} % of the answers were of no use`,
      );
    }
  }

  #failure(why: string): TranslationFailed {
    const untranslated = this.#total - this.#translations.size;
    return new TranslationFailed(
      this.#options.language,
      { total: this.#total, untranslated },
      why,
    );
  }
}

function idOf(index: number): string {
  return `s${index + 1}`;
}
