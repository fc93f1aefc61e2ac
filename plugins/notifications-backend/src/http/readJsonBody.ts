import { CustomErrorBase, InputError } from '@backstage/errors';
import { notificationLimits } from '@herald/backstage-plugin-notifications-common';
import express, { Request, Response } from 'express';

const NOT_UTF8 = 'The body must be JSON in UTF-8';

class PayloadTooLargeError extends CustomErrorBase {
  readonly name = 'PayloadTooLargeError' as const;
  // Not a field: those are copied into the answer.
  get statusCode() {
    return 413;
  }
}

const reader = express.raw({
  limit: notificationLimits.bodyBytes,
  type: 'application/json',
});
// Bytes that are no UTF-8 are refused: decoded leniently, they would be stored as something else.
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a JSON body; says what is wrong with it without repeating any of it.
 *
 * @throws InputError, or PayloadTooLargeError (413)
 */
export async function readJsonBody(
  req: Request,
  res: Response,
): Promise<unknown> {
  if (!req.is('application/json')) {
    throw new InputError(
      'Header content-type: must be application/json, and the body must not be empty',
    );
  }
  await new Promise<void>((resolve, reject) => {
    reader(req, res, (error?: unknown) =>
      error ? reject(explained(error)) : resolve(),
    );
  });
  const charset = /;\s*charset="?([^";\s]+)/i.exec(
    req.get('content-type') ?? '',
  )?.[1];
  if (charset && !/^utf-?8$/i.test(charset)) {
    throw new InputError(NOT_UTF8);
  }
  return parseJson(req.body);
}

function parseJson(body: unknown): unknown {
  let text: string;
  try {
    text = Buffer.isBuffer(body) ? utf8.decode(body) : '';
  } catch {
    throw new InputError(NOT_UTF8);
  }
  if (text.trim() === '') {
    throw new InputError('The body is empty');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError('The body is not valid JSON');
  }
}

function explained(error: unknown): Error {
  const type =
    error instanceof Error && 'type' in error ? error.type : undefined;
  switch (type) {
    case 'entity.too.large':
      return new PayloadTooLargeError(
        `The body is larger than ${notificationLimits.bodyBytes} bytes`,
      );
    case 'encoding.unsupported':
      return new InputError(
        'Header content-encoding: must be gzip, deflate or br, where it is given',
      );
    default:
      return new InputError('The body could not be read');
  }
}
