export type TranslationLimits = {
  /** Calls at a time, of all languages together; those of all jobs share it where they are given the same limit. */
  readonly concurrency: number;
  readonly segmentsPerCall: number;
  /** Tokens of the segments of a call, about; a longer segment goes alone. */
  readonly tokensPerCall: number;
  /** How often a segment is tried again whose answer was wrong. */
  readonly retries: number;
  /** The share of a language's segments that may stay in the source language, from 0 to 1. */
  readonly untranslatedShare: number;
};

export const defaultLimits: TranslationLimits = {
  concurrency: 4,
  segmentsPerCall: 40,
  tokensPerCall: 2500,
  retries: 2,
  untranslatedShare: 0.05,
};
