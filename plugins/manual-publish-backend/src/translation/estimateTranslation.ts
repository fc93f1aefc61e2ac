import { batchesOf } from './batchesOf';
import { collectSegments } from './collectSegments';
import { glossaryFor } from './glossary';
import { recallTranslations } from './recallTranslations';
import { defaultLimits } from './TranslationLimits';
import type { TranslationOrder } from './translateDocuments';
import type { TranslatorUsage } from './Translator';

/** What a million tokens cost, in dollars. */
export type TokenPrices = {
  readonly input: number;
  /** What the provider has read before; `input` where it is left out. */
  readonly cachedInput?: number;
  readonly output: number;
};

export type LanguageEstimate = {
  readonly language: string;
  readonly segments: number;
  /** Translations that the memory has and that can be used, by segment. */
  readonly remembered: ReadonlyMap<string, string>;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
};

export type TranslationEstimate = {
  readonly languages: readonly LanguageEstimate[];
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Where prices are known. */
  readonly costUsd?: number;
};

/** Languages other than English take more tokens for the same, and a translation more words. */
const GROWTH = 1.4;

/** What a translation would cost, without asking for any. Retries are not in it. */
export async function estimateTranslation(
  order: Pick<
    TranslationOrder,
    | 'documents'
    | 'labels'
    | 'languages'
    | 'sourceLanguage'
    | 'translator'
    | 'memory'
    | 'glossary'
    | 'limits'
  > & { readonly prices?: TokenPrices },
): Promise<TranslationEstimate> {
  const { translator, memory, sourceLanguage } = order;
  const limits = { ...defaultLimits, ...order.limits };
  const segments = [...collectSegments(order.documents, order.labels).keys()];
  const tokensOf = (text: string) => translator.estimateTokens(text);

  const languages: LanguageEstimate[] = [];
  for (const language of order.languages) {
    const glossary = glossaryFor(order.glossary, language);
    const remembered = await recallTranslations(memory, segments, {
      language,
      sourceLanguage,
      translator,
      glossary,
    });
    const missing = segments.filter(segment => !remembered.has(segment));
    const batches = batchesOf(missing, limits, tokensOf);
    // As they stand in a call: with an id, quotes and escapes.
    const texts = batches
      .map(batch => tokensOf(JSON.stringify(Object.entries(batch))))
      .reduce((sum, tokens) => sum + tokens, 0);
    const prompt = translator.promptTokens({
      language,
      sourceLanguage,
      glossary,
    });
    languages.push({
      language,
      segments: segments.length,
      remembered,
      calls: batches.length,
      inputTokens: texts + batches.length * prompt,
      outputTokens: Math.ceil(texts * GROWTH),
    });
  }
  const total = {
    inputTokens: languages.reduce((sum, each) => sum + each.inputTokens, 0),
    outputTokens: languages.reduce((sum, each) => sum + each.outputTokens, 0),
  };
  return {
    languages,
    ...total,
    costUsd:
      order.prices && costOf({ ...total, cachedInputTokens: 0 }, order.prices),
  };
}

/** In dollars. */
export function costOf(
  usage: Omit<TranslatorUsage, 'calls'>,
  { input, cachedInput = input, output }: TokenPrices,
): number {
  const { inputTokens, cachedInputTokens, outputTokens } = usage;
  return (
    ((inputTokens - cachedInputTokens) * input +
      cachedInputTokens * cachedInput +
      outputTokens * output) /
    1_000_000
  );
}
