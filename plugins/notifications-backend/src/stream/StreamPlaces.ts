import { TooManyRequestsError } from '../TooManyRequestsError';

export type PlaceLimits = {
  perUser: number;
  inAll: number;
};

const RETRY_AFTER_SECONDS = 30;

/** How many streams each user has, and all together. */
export class StreamPlaces {
  readonly #limits: PlaceLimits;
  readonly #perUser = new Map<string, number>();
  #taken = 0;
  #isClosed = false;

  constructor(limits: PlaceLimits) {
    this.#limits = limits;
  }

  /**
   * @returns gives the place back
   * @throws TooManyRequestsError where the user, or all together, have as many streams as they may
   */
  take(userRef: string): () => void {
    const inUse = this.#perUser.get(userRef) ?? 0;
    if (
      this.#isClosed ||
      inUse >= this.#limits.perUser ||
      this.#taken >= this.#limits.inAll
    ) {
      throw new TooManyRequestsError(
        'There are as many streams open as there may be',
        RETRY_AFTER_SECONDS,
      );
    }
    this.#perUser.set(userRef, inUse + 1);
    this.#taken += 1;
    return () => this.#giveBack(userRef);
  }

  /** From now on there are none. */
  close(): void {
    this.#isClosed = true;
  }

  #giveBack(userRef: string): void {
    this.#taken -= 1;
    const left = (this.#perUser.get(userRef) ?? 1) - 1;
    if (left > 0) {
      this.#perUser.set(userRef, left);
    } else {
      this.#perUser.delete(userRef);
    }
  }
}
