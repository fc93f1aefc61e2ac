import { durationToMilliseconds } from '@backstage/types';

/** What an answer takes to arrive, and clocks that are nearly right, are within what is allowed for anyway. */
const TOLERATED_MS = durationToMilliseconds({ seconds: 30 });

/**
 * Tells when something was read, to compare with Notion's times of edits. Where the clock of this machine is ahead of Notion's, an edit right
 * after a reading would seem to be from long before it, and would never be read: the time is Notion's then, as its answers tell it. Where it is behind,
 * what was read seems older than it is, which costs a call and hides nothing.
 */
export class SourceClock {
  readonly #now: () => Date;
  #aheadMs = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** @param date - the time of an answer that has just come */
  told(date: Date): void {
    const aheadMs = this.#now().getTime() - date.getTime();
    this.#aheadMs = aheadMs > TOLERATED_MS ? aheadMs : 0;
  }

  now(): Date {
    return this.at(this.#now());
  }

  /** What this clock said when that of this machine said so, as far as is known by now: before the first answer, they are the same. */
  at(moment: Date): Date {
    return new Date(moment.getTime() - this.#aheadMs);
  }
}
