/** What is to be translated: text with numbered tags for what must not change. */
export type Segment = { readonly id: string; readonly text: string };

export type TranslationRequest = {
  readonly language: string;
  readonly sourceLanguage: string;
  readonly segments: readonly Segment[];
  /** Terms with their translation, and terms that stay as they are. */
  readonly glossary: Glossary;
  /** For segments that are tried again: what was wrong with the last answer, by segment id. */
  readonly problems?: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
};

export type Glossary = {
  /** Names the content of the glossary; another version translates again. */
  readonly version: string;
  readonly terms: readonly {
    readonly source: string;
    readonly target: string;
  }[];
  readonly keep: readonly string[];
};

export type TranslatorUsage = {
  readonly calls: number;
  readonly inputTokens: number;
  /** Of the input tokens. */
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
};

export type TranslationAnswer = {
  /** By segment id. It is not checked yet: ids may be missing, tags wrong. */
  readonly texts: ReadonlyMap<string, string>;
  readonly usage: TranslatorUsage;
};

/** Translates segments. */
export interface Translator {
  /** Names what translates and how, such as model and version of the prompt: part of the memory's key. */
  readonly version: string;

  /** @throws TranslatorUnavailable where it cannot be reached or refuses altogether */
  translate(request: TranslationRequest): Promise<TranslationAnswer>;

  /** Tokens that this text will cost, about. */
  estimateTokens(text: string): number;

  /** Tokens that each call costs beside its segments, about. */
  promptTokens(
    about: Pick<TranslationRequest, 'language' | 'sourceLanguage' | 'glossary'>,
  ): number;
}
