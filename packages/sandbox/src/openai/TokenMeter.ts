import type { CompletionUsage } from 'openai/resources/completions';

/** Prompts of fewer tokens are not cached, and what is cached grows in steps; both as OpenAI documents it. */
const SMALLEST_CACHED = 1024;
const CACHE_STEP = 128;
const REMEMBERED_PROMPTS = 100;

/** Counts tokens (four characters each, roughly), and those of a prompt that begins as an earlier one did. */
export class TokenMeter {
  readonly #prompts: string[] = [];

  usage(prompt: string, completion: string): CompletionUsage {
    const promptTokens = tokens(prompt.length);
    const completionTokens = tokens(completion.length);
    const cached = this.#cachedTokens(prompt);
    this.#prompts.unshift(prompt);
    this.#prompts.length = Math.min(this.#prompts.length, REMEMBERED_PROMPTS);
    return {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
      prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
    };
  }

  #cachedTokens(prompt: string): number {
    const shared = this.#prompts.map(each => commonPrefix(each, prompt));
    const known = tokens(Math.max(0, ...shared));
    return known < SMALLEST_CACHED ? 0 : known - (known % CACHE_STEP);
  }
}

function tokens(characters: number): number {
  return Math.ceil(characters / 4);
}

function commonPrefix(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
