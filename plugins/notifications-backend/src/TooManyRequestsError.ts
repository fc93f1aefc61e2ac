import { CustomErrorBase } from '@backstage/errors';

/** Answered with 429 and a `Retry-After`. */
export class TooManyRequestsError extends CustomErrorBase {
  readonly name = 'TooManyRequestsError' as const;
  readonly #retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.#retryAfterSeconds = retryAfterSeconds;
  }

  // Not fields: those are copied into the answer.
  get statusCode() {
    return 429;
  }
  get retryAfterSeconds() {
    return this.#retryAfterSeconds;
  }
}
