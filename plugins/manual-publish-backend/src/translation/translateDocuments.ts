import pLimit, { LimitFunction } from 'p-limit';
import type { Warning } from '../publishing/Warning';
import { Label, SourceDocument, collectSegments } from './collectSegments';
import { Glossaries, glossaryFor } from './glossary';
import { LanguageProgress, LanguageRun } from './LanguageRun';
import { TranslatedTexts, translatedWith } from './translatedWith';
import { TranslationLimits, defaultLimits } from './TranslationLimits';
import type { TranslationMemory } from './TranslationMemory';
import { TranslationWarnings } from './TranslationWarnings';
import { NO_USAGE, TranslationUsage, addUsage } from './TranslationUsage';
import type { Translator } from './Translator';

export type TranslationOrder = {
  readonly documents: readonly SourceDocument[];
  readonly labels: readonly Label[];
  readonly languages: readonly string[];
  readonly sourceLanguage: string;
  readonly translator: Translator;
  readonly memory: TranslationMemory;
  readonly glossary: Glossaries;
  readonly limits?: Partial<TranslationLimits>;
  /** Of calls at a time, where others share it; one of its own otherwise. */
  readonly callLimit?: LimitFunction;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: LanguageProgress) => void;
  readonly onWarning?: (warning: Warning) => void;
};

export type TranslatedLanguage = LanguageProgress & TranslatedTexts;

export type Translations = {
  /** In the order in which they were asked for. */
  readonly languages: readonly TranslatedLanguage[];
  readonly usage: TranslationUsage;
};

/**
 * Translates documents and labels into some languages, side by side. What comes back has the same pages and labels in the same
 * order. Each segment is asked for once, however often it stands there, and only where the memory does not have it.
 *
 * @throws TranslationFailed for the first language that fails; the others end with it. The reason of the signal where it is aborted.
 */
export async function translateDocuments(
  order: TranslationOrder,
): Promise<Translations> {
  const limits = { ...defaultLimits, ...order.limits };
  const segments = collectSegments(order.documents, order.labels);
  const callLimit = order.callLimit ?? pLimit(limits.concurrency);
  const failure = new AbortController();
  const signal = AbortSignal.any([order.signal, failure.signal]);

  const translateInto = async (
    language: string,
  ): Promise<TranslatedLanguage> => {
    const warnings = new TranslationWarnings(segments, {
      language,
      sourceLanguage: order.sourceLanguage,
      onWarning: order.onWarning ?? (() => {}),
    });
    const run = new LanguageRun({
      language,
      sourceLanguage: order.sourceLanguage,
      glossary: glossaryFor(order.glossary, language),
      translator: order.translator,
      memory: order.memory,
      limits,
      callLimit,
      signal,
      onProgress: order.onProgress ?? (() => {}),
      onLeft: (segment, reason) => warnings.left(segment, reason),
      onDoubtful: (segment, reason) => warnings.doubtful(segment, reason),
    });
    const translations = await run.translate([...segments.keys()]);
    warnings.unchanged(translations);
    return {
      ...run.progress,
      ...translatedWith(translations, order),
    };
  };

  order.signal.throwIfAborted();
  const runs = order.languages.map(language =>
    translateInto(language).catch((error: unknown) => {
      failure.abort(error);
      throw error;
    }),
  );
  // All of them have ended before this returns: none goes on calling after the job has failed.
  await Promise.allSettled(runs);
  signal.throwIfAborted();
  const languages = await Promise.all(runs);
  return {
    languages,
    usage: languages.reduce((sum, { usage }) => addUsage(sum, usage), NO_USAGE),
  };
}
