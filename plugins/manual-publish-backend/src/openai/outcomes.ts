import OpenAI from 'openai';
import type { ChatCompletion } from 'openai/resources/chat/completions';
import type { CompletionUsage } from 'openai/resources/completions';
import { TranslatorUnavailable } from '../translation/errors';

/** What came of a call, where the translator is there. */
export type Outcome = {
  readonly type: 'answered' | 'refused' | 'too-long';
  readonly content: string;
  readonly usage?: CompletionUsage;
};

export function outcomeOf({ choices, usage }: ChatCompletion): Outcome {
  const choice = choices.at(0);
  const content = choice?.message.content ?? '';
  if (choice?.message.refusal || choice?.finish_reason === 'content_filter') {
    return { type: 'refused', content: '', usage };
  }
  if (choice?.finish_reason === 'length') {
    return { type: 'too-long', content: '', usage };
  }
  return { type: 'answered', content, usage };
}

const outcomesByCode: Readonly<Record<string, Outcome['type']>> = {
  context_length_exceeded: 'too-long',
  string_above_max_length: 'too-long',
  content_filter: 'refused',
  content_policy_violation: 'refused',
};

/** Whether an answer began and broke off, or was no JSON. The SDK tries again where no answer came, but not here. */
export function isBrokenOff(error: unknown): boolean {
  return !(error instanceof OpenAI.APIError);
}

/**
 * What came of a call that failed after all retries.
 *
 * @throws TranslatorUnavailable without what the server said, which may quote the key or the text
 */
export function outcomeOfError(error: unknown, model: string): Outcome {
  if (!(error instanceof OpenAI.APIError)) {
    throw new TranslatorUnavailable('the translator breaks off its answers');
  }
  const byCode = outcomesByCode[error.code ?? ''];
  if (error.status === 400 && byCode) return { type: byCode, content: '' };
  if (error.status === 413) return { type: 'too-long', content: '' };
  const request = error.requestID ? ` (request ${error.requestID})` : '';
  throw new TranslatorUnavailable(`${reasonOf(error, model)}${request}`);
}

function reasonOf(
  error: InstanceType<typeof OpenAI.APIError>,
  model: string,
): string {
  if (error instanceof OpenAI.APIConnectionTimeoutError) {
    return 'the translator does not answer in time';
  }
  if (error instanceof OpenAI.APIConnectionError) {
    return 'the translator cannot be reached';
  }
  switch (error.status) {
    case 401:
      return 'the translator does not accept manualPublish.openai.apiKey';
    case 403:
      return `the key may not use the model ${model}`;
    case 404:
      return `the translator does not know the model ${model}, or manualPublish.openai.baseUrl is wrong`;
    case 429:
      return error.code === 'insufficient_quota'
        ? 'the quota of the key is used up'
        : 'the translator goes on limiting the rate';
    default:
      return `the translator answers ${error.status}`;
  }
}
