import { Response } from 'express';
import { randomUUID } from 'node:crypto';

const byStatus: Record<number, { code: string; message: string }> = {
  400: { code: 'validation_error', message: 'body failed validation.' },
  401: { code: 'unauthorized', message: 'API token is invalid.' },
  403: {
    code: 'restricted_resource',
    message: 'Insufficient permissions for this endpoint.',
  },
  404: { code: 'object_not_found', message: 'Could not find the object.' },
  409: {
    code: 'conflict_error',
    message: 'Conflict occurred while saving. Please try again.',
  },
  429: {
    code: 'rate_limited',
    message: 'You have been rate limited. Please try again in a few minutes.',
  },
  500: {
    code: 'internal_server_error',
    message: 'Unexpected error occurred.',
  },
  503: {
    code: 'service_unavailable',
    message: 'Public API service is temporarily unavailable, please try again.',
  },
  504: { code: 'gateway_timeout', message: 'Notion timed out.' },
  529: {
    code: 'service_overload',
    message: 'Notion is overloaded, please try again later.',
  },
};

/** A refusal in Notion's shape: `{object: 'error', status, code, message, request_id}`. */
export class NotionError extends Error {
  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
  }

  static notFound(kind: string, id: string): NotionError {
    return new NotionError(
      404,
      'object_not_found',
      `Could not find ${kind} with ID: ${id}. Make sure the relevant pages and databases are shared with your integration.`,
    );
  }

  static invalid(message: string): NotionError {
    return new NotionError(400, 'validation_error', message);
  }

  /** The error that Notion answers with a status, for injected faults. */
  static ofStatus(status: number): NotionError {
    const { code, message } = byStatus[status] ?? byStatus[500];
    return new NotionError(status, code, message);
  }
}

export function answerNotionError(res: Response, error: NotionError): void {
  const requestId = randomUUID();
  res.status(error.status).setHeader('x-notion-request-id', requestId).json({
    object: 'error',
    status: error.status,
    code: error.code,
    message: error.message,
    request_id: requestId,
  });
}
