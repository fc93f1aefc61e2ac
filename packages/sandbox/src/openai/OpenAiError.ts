import { Response } from 'express';
import { randomUUID } from 'node:crypto';

/** A refusal in OpenAI's shape: `{error: {message, type, param, code}}`. */
export class OpenAiError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly code: string | null,
    message: string,
    readonly param: string | null = null,
  ) {
    super(message);
  }

  static badRequest(message: string, param: string | null = null): OpenAiError {
    return new OpenAiError(400, 'invalid_request_error', null, message, param);
  }

  static ofStatus(status: number): OpenAiError {
    switch (status) {
      case 401:
        return new OpenAiError(
          401,
          'invalid_request_error',
          'invalid_api_key',
          'Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.',
        );
      case 404:
        return new OpenAiError(
          404,
          'invalid_request_error',
          null,
          'Invalid URL',
        );
      case 429:
        return new OpenAiError(
          429,
          'requests',
          'rate_limit_exceeded',
          'Rate limit reached for requests.',
        );
      default:
        return new OpenAiError(
          status,
          'server_error',
          null,
          'The server had an error while processing your request. Sorry about that!',
        );
    }
  }
}

export function answerOpenAiError(res: Response, error: OpenAiError): void {
  res.status(error.status).setHeader('x-request-id', `req_${randomUUID()}`);
  res.json({
    error: {
      message: error.message,
      type: error.type,
      param: error.param,
      code: error.code,
    },
  });
}
