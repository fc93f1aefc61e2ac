import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { CustomErrorBase, InputError, isError } from '@backstage/errors';
import { ErrorRequestHandler } from 'express';

class InternalError extends CustomErrorBase {
  readonly name = 'InternalError' as const;
  // Not a field: those are copied into the answer.
  get statusCode() {
    return 500;
  }
}

// By name: a dynamically loaded plugin may bring a second copy of the classes.
const MEANT_FOR_CALLERS = new Set([
  'InputError',
  'AuthenticationError',
  'NotAllowedError',
  'NotFoundError',
  'ConflictError',
  'PayloadTooLargeError',
  'TooManyRequestsError',
  'ServiceUnavailableError',
]);

function isMeantForCallers(error: unknown): boolean {
  return isError(error) && MEANT_FOR_CALLERS.has(error.name);
}

/** Express could not read a parameter of the path: nobody's fault but the caller's. */
function isUndecodable(error: unknown): boolean {
  return error instanceof URIError && 'status' in error && error.status === 400;
}

/**
 * Answers errors in Backstage's shape. What was not meant for the caller (a failing query, a bug) is logged whole and answered
 * without its words: they may carry SQL and values.
 */
export function errorHandler(options: {
  logger: LoggerService;
  config: RootConfigService;
  /** Told of each error that was not meant for the caller. */
  onFailure?: () => void;
}): ErrorRequestHandler {
  const { logger, config, onFailure } = options;
  const answer = MiddlewareFactory.create({ logger, config }).error({
    showStackTraces: false,
  });
  return (thrown, req, res, next) => {
    const error = isUndecodable(thrown)
      ? new InputError('The path has a % in it that encodes nothing')
      : thrown;
    if (isMeantForCallers(error)) {
      if ('retryAfterSeconds' in error) {
        res.set('Retry-After', String(error.retryAfterSeconds));
      }
      answer(error, req, res, next);
      return;
    }
    onFailure?.();
    logger.error(
      `${req.method} ${req.baseUrl}${req.path} failed`,
      isError(error) ? error : new Error(String(error)),
    );
    answer(
      new InternalError('Something failed in the server; its log says what'),
      req,
      res,
      next,
    );
  };
}
