import type {
  Segment,
  TranslationAnswer,
  TranslationRequest,
  Translator,
} from '../Translator';

/** Answers what a test tells it to, and remembers what it was asked. Otherwise the language stands before the text. */
export class ScriptedTranslator implements Translator {
  version = 'scripted/1';
  readonly requests: TranslationRequest[] = [];
  mostAtOnce = 0;
  answer = ({ text }: Segment, language: string): string | undefined =>
    `${language}:${text}`;
  onRequest: () => void = () => {};
  readonly #scripts = new Map<string, string[]>();
  #failure: { after: number; error: Error; language?: string } | undefined;
  #running = 0;

  /** Answers to a segment, one after the other. */
  script(language: string, text: string, answers: readonly string[]): void {
    this.#scripts.set(`${language} ${text}`, [...answers]);
  }

  leaveOut(language: string, texts: RegExp): void {
    this.answer = ({ text }, into) =>
      into === language && texts.test(text) ? undefined : `${into}:${text}`;
  }

  failAfter(calls: number, error: Error): void {
    this.#failure = { after: calls, error };
  }

  failFor(language: string, error: Error): void {
    this.#failure = { after: 0, error, language };
  }

  asked(language: string): string[] {
    return this.requests
      .filter(request => request.language === language)
      .flatMap(({ segments }) => segments.map(({ text }) => text));
  }

  async translate(request: TranslationRequest): Promise<TranslationAnswer> {
    this.requests.push(request);
    this.#running += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#running);
    try {
      this.onRequest();
      await new Promise(resolve => setImmediate(resolve));
      request.signal.throwIfAborted();
      this.#failIfTold(request);
      return {
        texts: new Map(
          request.segments.flatMap(segment => {
            const text = this.#answerTo(segment, request.language);
            return text === undefined ? [] : [[segment.id, text] as const];
          }),
        ),
        usage: {
          calls: 1,
          inputTokens: 10,
          cachedInputTokens: 1,
          outputTokens: 20,
        },
      };
    } finally {
      this.#running -= 1;
    }
  }

  estimateTokens(text: string): number {
    return text.length;
  }

  promptTokens(): number {
    return 100;
  }

  #answerTo(segment: Segment, language: string): string | undefined {
    const scripted = this.#scripts.get(`${language} ${segment.text}`)?.shift();
    return scripted ?? this.answer(segment, language);
  }

  #failIfTold({ language }: TranslationRequest): void {
    if (!this.#failure) return;
    const isMeant =
      this.#failure.language === undefined ||
      this.#failure.language === language;
    if (isMeant && this.requests.length > this.#failure.after) {
      throw this.#failure.error;
    }
  }
}
