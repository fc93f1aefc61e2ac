import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** @throws InputError unless it is a whole number, 1 or more */
export function readCount(
  own: Config | undefined,
  key: string,
  fallback: number,
): number {
  const value = own?.getOptionalNumber(key) ?? fallback;
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InputError(
      `manualPublish.${key}: ${value} must be a whole number, 1 or more`,
    );
  }
  return value;
}

/** @throws InputError unless it is from 0 to 1 */
export function readShare(
  own: Config | undefined,
  key: string,
  fallback: number,
): number {
  const value = own?.getOptionalNumber(key) ?? fallback;
  if (!(value >= 0 && value <= 1)) {
    throw new InputError(`manualPublish.${key}: ${value} must be from 0 to 1`);
  }
  return value;
}
