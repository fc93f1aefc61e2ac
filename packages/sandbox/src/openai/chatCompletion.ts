import type OpenAI from 'openai';
import { randomUUID } from 'node:crypto';
import { Clock } from '../http/Clock';
import { OpenAiError } from './OpenAiError';
import { TokenMeter } from './TokenMeter';
import {
  TranslatorFaults,
  contentUnder,
  segmentsUnder,
} from './TranslatorFaults';
import { pseudoTranslate } from './pseudoTranslate';
import { isRecord, segmentsIn } from './segments';
import { strictFault, valueFor } from './strictSchema';

interface Translator {
  clock: Clock;
  meter: TokenMeter;
  faults: TranslatorFaults;
}

/** Answers a request for a chat completion by translating the segments that are in its messages of the user. */
export function chatCompletion(
  body: unknown,
  { clock, meter, faults }: Translator,
): OpenAI.ChatCompletion {
  const request = parseRequest(body);
  const segments = request.userTexts.flatMap(segmentsIn);
  const fault = faults.take(request.prompt);
  const answer = request.schema
    ? JSON.stringify(
        valueFor(request.schema, segmentsUnder(fault, segments), segment =>
          pseudoTranslate(segment.text),
        ),
      )
    : pseudoTranslate(request.userTexts.join('\n'));
  const content = fault === 'refusal' ? null : contentUnder(fault, answer);
  return {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: Math.floor(clock.now() / 1000),
    model: request.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content,
          refusal: content === null ? 'I cannot help with that.' : null,
          annotations: [],
        },
        logprobs: null,
        finish_reason: fault === 'truncation' ? 'length' : 'stop',
      },
    ],
    usage: meter.usage(request.prompt, content ?? ''),
    service_tier: 'default',
  };
}

interface ParsedRequest {
  model: string;
  /** All that is read, for counting tokens. */
  prompt: string;
  userTexts: string[];
  schema: unknown;
}

function parseRequest(body: unknown): ParsedRequest {
  if (!isRecord(body)) {
    throw OpenAiError.badRequest('We could not parse the JSON body.');
  }
  const { model, messages, stream } = body;
  if (typeof model !== 'string') {
    throw OpenAiError.badRequest('you must provide a model parameter');
  }
  if (!Array.isArray(messages) || messages.length === 0) {
    throw OpenAiError.badRequest(
      "Missing required parameter: 'messages'.",
      'messages',
    );
  }
  if (stream === true) {
    throw OpenAiError.badRequest('The sandbox does not stream.', 'stream');
  }
  const schema = schemaOf(body.response_format);
  const texts = messages.filter(isRecord).map(message => ({
    role: message.role,
    text: textOf(message.content),
  }));
  return {
    model,
    prompt:
      JSON.stringify(schema ?? '') + texts.map(each => each.text).join('\n'),
    userTexts: texts
      .filter(each => each.role === 'user')
      .map(each => each.text),
    schema,
  };
}

function schemaOf(format: unknown): unknown {
  if (!isRecord(format) || format.type !== 'json_schema') return undefined;
  const described = isRecord(format.json_schema) ? format.json_schema : {};
  if (typeof described.name !== 'string') {
    throw OpenAiError.badRequest(
      "Missing required parameter: 'response_format.json_schema.name'.",
      'response_format.json_schema.name',
    );
  }
  const fault =
    described.strict === true ? strictFault(described.schema) : undefined;
  if (fault) {
    throw OpenAiError.badRequest(
      `Invalid schema for response_format '${described.name}': ${fault}`,
      'response_format',
    );
  }
  return described.schema;
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .filter(isRecord)
    .map(part => (typeof part.text === 'string' ? part.text : ''))
    .join('\n');
}
