import { LoggerService } from '@backstage/backend-plugin-api';
import {
  CustomErrorBase,
  ErrorResponseBody,
  InputError,
  isError,
  serializeError,
} from '@backstage/errors';
import { ErrorRequestHandler, Request, Response } from 'express';

class InternalError extends CustomErrorBase {
  readonly name = 'InternalError' as const;
}

// By name: a dynamically loaded plugin may bring a second copy of the classes.
const STATUS_MEANT_FOR_CALLERS: ReadonlyMap<string, number> = new Map([
  ['InputError', 400],
  ['AuthenticationError', 401],
  ['NotAllowedError', 403],
  ['NotFoundError', 404],
  ['ConflictError', 409],
  ['PayloadTooLargeError', 413],
  ['TooManyRequestsError', 429],
  ['ServiceUnavailableError', 503],
]);

/** Express could not read a parameter of the path: nobody's fault but the caller's. */
function isUndecodable(error: unknown): boolean {
  return error instanceof URIError && 'status' in error && error.status === 400;
}

function answer(
  error: Error,
  statusCode: number,
  req: Request,
  res: Response,
): void {
  const body: ErrorResponseBody = {
    error: serializeError(error),
    request: { method: req.method, url: req.url },
    response: { statusCode },
  };
  res.status(statusCode).json(body);
}

/**
 * Answers errors in Backstage's shape. What was not meant for the caller (a failing query, a bug) is logged whole and answered
 * without its words: they may carry SQL and values.
 *
 * Backstage has such a handler in `@backstage/backend-defaults`; but then that whole package, with clients for every cloud,
 * would be in the archive of each dynamic plugin.
 *
 * @public
 */
export function errorHandler(options: {
  logger: LoggerService;
  /** Told of each error that was not meant for the caller. */
  onFailure?: () => void;
}): ErrorRequestHandler {
  const { logger, onFailure } = options;
  return (thrown, req, res, next) => {
    const error = isUndecodable(thrown)
      ? new InputError('The path has a % in it that encodes nothing')
      : thrown;
    const status = isError(error) && STATUS_MEANT_FOR_CALLERS.get(error.name);
    if (!status) {
      onFailure?.();
      logger.error(
        `${req.method} ${req.baseUrl}${req.path} failed`,
        isError(error) ? error : new Error(String(error)),
      );
    } else if (status >= 500) {
      logger.error(`Request failed with status ${status}`, error);
    }
    if (res.headersSent) {
      next(error); // Express ends what has begun
    } else if (status) {
      if ('retryAfterSeconds' in error) {
        res.set('Retry-After', String(error.retryAfterSeconds));
      }
      answer(error, status, req, res);
    } else {
      const words = 'Something failed in the server; its log says what';
      answer(new InternalError(words), 500, req, res);
    }
  };
}
