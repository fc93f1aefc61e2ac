/** Milliseconds since the epoch. Everything in the sandbox that depends on time asks one of these. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is moved, so that tests need not wait for an hour to pass. */
export class ManualClock implements Clock {
  #now: number;

  constructor(start: Date | number = Date.UTC(2026, 10, 22, 9, 30, 42, 500)) {
    this.#now = Number(start);
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}
