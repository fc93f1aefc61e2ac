import { ServiceUnavailableError } from '@backstage/errors';

/** Something cannot be done because the configuration lacks a key. */
export class NotConfigured extends ServiceUnavailableError {
  constructor(missing: readonly string[]) {
    super(
      `Not configured: ${missing.join(', ')} ${
        missing.length === 1 ? 'is' : 'are'
      } missing in the configuration`,
    );
  }
}
