import OpenAI from 'openai';
import type { ChatCompletion } from 'openai/resources/chat/completions';
import { estimateTokenCount } from 'tokenx';
import { TranslatorUnavailable } from '../translation/errors';
import type {
  Segment,
  TranslationAnswer,
  TranslationRequest,
  Translator,
} from '../translation/Translator';
import { Outcome, isBrokenOff, outcomeOf, outcomeOfError } from './outcomes';
import { promptVersion, systemPrompt } from './prompt';
import { readAnswer } from './readAnswer';

export type OpenAiTranslatorOptions = {
  readonly apiKey: string;
  readonly model: string;
  /** With `/v1`; that of OpenAI where it is left out. */
  readonly baseUrl?: string;
  /** Of one attempt. */
  readonly timeoutMs?: number;
  /** Of a call, after 408, 409, 429, 5xx and broken connections; waits as `Retry-After` says. */
  readonly maxRetries?: number;
};

/** So many calls in a row refused, and none answered: the model refuses the text as such, and not a segment in it. */
const REFUSALS_IN_A_ROW = 7;

/**
 * Translates by chat completions with a strict schema that is keyed by segment id. Neither texts nor the key are ever logged, and
 * messages of errors do not quote what the server said, which may quote both.
 */
export class OpenAiTranslator implements Translator {
  readonly version: string;
  readonly #client: OpenAI;
  readonly #model: string;

  constructor(options: OpenAiTranslatorOptions) {
    const {
      apiKey,
      model,
      baseUrl = 'https://api.openai.com/v1',
      timeoutMs = 120_000,
      maxRetries = 5,
    } = options;
    this.version = `openai/${model}/${promptVersion}`;
    this.#model = model;
    this.#client = new OpenAI({
      apiKey,
      baseURL: baseUrl,
      timeout: timeoutMs,
      maxRetries,
      // The environment could switch on a log with all that is sent.
      logLevel: 'off',
    });
  }

  /** Halves what does not fit in one answer and what is refused, down to single segments. */
  async translate(request: TranslationRequest): Promise<TranslationAnswer> {
    const texts = new Map<string, string>();
    const usage = {
      calls: 0,
      inputTokens: 0,
      cachedInputTokens: 0,
      outputTokens: 0,
    };
    const waiting: (readonly Segment[])[] = [request.segments];
    let refusals = 0;
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const outcome = await this.#ask(part, request);
      usage.calls += 1;
      usage.inputTokens += outcome.usage?.prompt_tokens ?? 0;
      usage.cachedInputTokens +=
        outcome.usage?.prompt_tokens_details?.cached_tokens ?? 0;
      usage.outputTokens += outcome.usage?.completion_tokens ?? 0;

      if (outcome.type === 'answered') {
        refusals = 0;
        const ids = part.map(({ id }) => id);
        for (const [id, text] of readAnswer(outcome.content, ids)) {
          texts.set(id, text);
        }
        continue;
      }
      if (outcome.type === 'refused') refusals += 1;
      if (refusals === REFUSALS_IN_A_ROW && texts.size === 0) {
        throw new TranslatorUnavailable(
          `the model ${this.#model} refuses to translate`,
        );
      }
      if (part.length > 1) {
        const half = Math.ceil(part.length / 2);
        waiting.push(part.slice(0, half), part.slice(half));
      }
    }
    return { texts, usage };
  }

  estimateTokens(text: string): number {
    return estimateTokenCount(text);
  }

  promptTokens(about: Parameters<Translator['promptTokens']>[0]): number {
    return this.estimateTokens(systemPrompt(about));
  }

  async #ask(
    segments: readonly Segment[],
    request: TranslationRequest,
  ): Promise<Outcome> {
    for (let attempt = 0; ; attempt++) {
      try {
        return outcomeOf(await this.#complete(segments, request));
      } catch (error) {
        request.signal.throwIfAborted();
        if (!isBrokenOff(error) || attempt >= this.#client.maxRetries) {
          return outcomeOfError(error, this.#model);
        }
      }
    }
  }

  #complete(
    segments: readonly Segment[],
    request: TranslationRequest,
  ): Promise<ChatCompletion> {
    return this.#client.chat.completions.create(
      {
        model: this.#model,
        messages: [
          { role: 'system', content: systemPrompt(request) },
          { role: 'user', content: userMessage(segments, request.problems) },
        ],
        response_format: {
          type: 'json_schema',
          json_schema: {
            name: 'translations',
            strict: true,
            schema: schemaFor(segments),
          },
        },
      },
      { signal: request.signal },
    );
  }
}

function userMessage(
  segments: readonly Segment[],
  problems: ReadonlyMap<string, string> = new Map(),
): string {
  const rejected = segments.flatMap(({ id }) => {
    const problem = problems.get(id);
    return problem ? [[id, problem] as const] : [];
  });
  return JSON.stringify({
    segments: Object.fromEntries(segments.map(({ id, text }) => [id, text])),
    ...(rejected.length > 0 && { rejected: Object.fromEntries(rejected) }),
  });
}

/** Depends on the ids alone: batches of the same size share it, and what the provider has cached of it. */
function schemaFor(segments: readonly Segment[]): Record<string, unknown> {
  const ids = segments.map(({ id }) => id);
  return {
    type: 'object',
    properties: Object.fromEntries(ids.map(id => [id, { type: 'string' }])),
    required: ids,
    additionalProperties: false,
  };
}
