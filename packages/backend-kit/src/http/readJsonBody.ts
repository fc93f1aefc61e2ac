import { CustomErrorBase, InputError } from '@backstage/errors';
import express, { Request, RequestHandler, Response } from 'express';

const NOT_UTF8 = 'The body must be JSON in UTF-8';

class PayloadTooLargeError extends CustomErrorBase {
  readonly name = 'PayloadTooLargeError' as const;
  // Not a field: those are copied into the answer.
  get statusCode() {
    return 413;
  }
}

// Bytes that are no UTF-8 are refused: decoded leniently, they would be stored as something else.
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Makes a function that reads a JSON body, and says what is wrong with it without repeating any of it: it throws InputError, or
 * PayloadTooLargeError (413).
 *
 * @param limitBytes - the largest body that is read
 *
 * @public
 */
export function jsonBodyReader(limitBytes: number) {
  const readBytes = bytesReader(limitBytes);
  return async (req: Request, res: Response): Promise<unknown> =>
    parseJson(await readBytes(req, res));
}

/**
 * Makes a function that reads the bytes of a JSON body as they came, for signatures over them. It throws as {@link jsonBodyReader} does.
 *
 * @param limitBytes - the largest body that is read
 *
 * @public
 */
export function bytesReader(limitBytes: number) {
  const reader = express.raw({ limit: limitBytes, type: 'application/json' });
  return async (req: Request, res: Response): Promise<Buffer> => {
    if (!req.is('application/json')) {
      throw new InputError(
        'Header content-type: must be application/json, and the body must not be empty',
      );
    }
    await run(reader, req, res, limitBytes);
    const charset = /;\s*charset="?([^";\s]+)/i.exec(
      req.get('content-type') ?? '',
    )?.[1];
    if (charset && !/^utf-?8$/i.test(charset)) {
      throw new InputError(NOT_UTF8);
    }
    return Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  };
}

function run(
  reader: RequestHandler,
  req: Request,
  res: Response,
  limitBytes: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    reader(req, res, (error?: unknown) =>
      error ? reject(explained(error, limitBytes)) : resolve(),
    );
  });
}

/**
 * What a body says.
 *
 * @throws InputError where the bytes are no JSON in UTF-8
 * @public
 */
export function parseJson(body: Buffer): unknown {
  let text: string;
  try {
    text = utf8.decode(body);
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

function explained(error: unknown, limitBytes: number): Error {
  const type =
    error instanceof Error && 'type' in error ? error.type : undefined;
  switch (type) {
    case 'entity.too.large':
      return new PayloadTooLargeError(
        `The body is larger than ${limitBytes} bytes`,
      );
    case 'encoding.unsupported':
      return new InputError(
        'Header content-encoding: must be gzip, deflate or br, where it is given',
      );
    default:
      return new InputError('The body could not be read');
  }
}
