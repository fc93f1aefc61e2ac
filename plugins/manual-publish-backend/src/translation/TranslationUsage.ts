import type { TranslatorUsage } from './Translator';

export type TranslationUsage = TranslatorUsage & {
  /** Segments that were in the translation memory. */
  readonly rememberedSegments: number;
};

export const NO_USAGE: TranslationUsage = {
  calls: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  rememberedSegments: 0,
};

export function addUsage(
  one: TranslationUsage,
  other: Partial<TranslationUsage>,
): TranslationUsage {
  return {
    calls: one.calls + (other.calls ?? 0),
    inputTokens: one.inputTokens + (other.inputTokens ?? 0),
    cachedInputTokens: one.cachedInputTokens + (other.cachedInputTokens ?? 0),
    outputTokens: one.outputTokens + (other.outputTokens ?? 0),
    rememberedSegments:
      one.rememberedSegments + (other.rememberedSegments ?? 0),
  };
}
