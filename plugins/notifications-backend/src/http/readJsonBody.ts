import { CustomErrorBase, InputError } from '@backstage/errors';
import { notificationLimits } from '@herald/backstage-plugin-notifications-common';
import express, { Request, Response } from 'express';

class PayloadTooLargeError extends CustomErrorBase {
  readonly name = 'PayloadTooLargeError' as const;
  // Not a field: those are copied into the answer.
  get statusCode() {
    return 413;
  }
}

const parser = express.json({
  limit: notificationLimits.bodyBytes,
  strict: false,
});

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
    parser(req, res, (error?: unknown) =>
      error ? reject(explained(error)) : resolve(),
    );
  });
  return req.body;
}

function explained(error: unknown): Error {
  const type =
    error instanceof Error && 'type' in error ? error.type : undefined;
  switch (type) {
    case 'entity.too.large':
      return new PayloadTooLargeError(
        `The body is larger than ${notificationLimits.bodyBytes} bytes`,
      );
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new InputError(
        'The body must be JSON in UTF-8, plain or compressed with gzip, deflate or brotli',
      );
    case 'entity.parse.failed':
      return new InputError('The body is not valid JSON');
    default:
      return new InputError('The body could not be read');
  }
}
