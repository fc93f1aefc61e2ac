/** What the API is known to let through before it has said anything; Notion documents three calls a second. */
const DOCUMENTED_PER_SECOND = 3;
/** Until the rate has been measured, it is raised soon; afterwards only to notice that more is let through than before. */
const RAISE_UNMEASURED_S = 10;
const RAISE_MEASURED_S = 50;
/** How far back refusals say something about the rate that holds now. */
const MEMORY_MS = 60_000;
/** A share of a call by which we stay behind what we think is allowed, as calls do not arrive at the moment they start. */
const MARGIN = 0.25;
/** Who asks us to wait for the earning of more calls than this is not counting a rate, but the time until a new budget. */
const CALLS_WORTH_A_WINDOW = 3;

/** A moment at which the API had no call left for us, and how many it had let through by then. */
type Exhaustion = { at: number; spent: number };

export type CallStart = { readonly startedAt: number };

/**
 * When calls may start, by what the API answered to those before. It knows no limits beforehand, and no clock.
 *
 * Calls start at once until one is refused. Then all of them wait as long as the refusal says. What follows depends on the kind
 * of limit, which the wait gives away:
 *
 * - **A rate**: the wait is about what one call takes to be earned. Between two refusals the API let through exactly what it
 *   earned, so their distance measures its rate; calls start at that rate, counted from the last refusal, so that what is earned
 *   while we wait is not lost. The rate is raised slowly, then faster, until the next refusal measures it again.
 * - **A budget for a window of time**: the wait is much longer. Afterwards calls start at once again, as the budget is new.
 */
export class Pace {
  #closedUntil = -Infinity;
  /** Calls that were started and not refused. */
  #spent = 0;
  #openedAt: number | undefined;
  #spentAtOpening = 0;
  /** Calls a second; undefined while nothing is known of a rate. */
  #rate: number | undefined;
  #exhaustions: Exhaustion[] = [];
  #saved = 0;
  #savedAt = -Infinity;
  /** When a refusal last said something new. */
  #learnedAt = -Infinity;
  /** How many calls may be saved up. */
  #burst = 1;

  /** How long until a call may start: 0 for now. */
  waitMs(now: number): number {
    if (now < this.#closedUntil) return this.#closedUntil - now;
    if (this.#rate === undefined) return 0;
    this.#earn(now);
    // What is saved in fractions does not add up to one exactly.
    const missing = 1 + MARGIN - this.#saved;
    return missing <= 1e-9
      ? 0
      : Math.max(1, (missing / this.#rateAt(now)) * 1000);
  }

  start(now: number): CallStart {
    this.#openedAt ??= now;
    if (this.#rate !== undefined) this.#earn(now);
    this.#saved -= 1;
    this.#spent += 1;
    return { startedAt: now };
  }

  /** The API had no call left for this one (429), and says when to come again. */
  refused(call: CallStart, now: number, retryAfterMs: number): void {
    this.#spent -= 1;
    this.#closedUntil = Math.max(this.#closedUntil, now + retryAfterMs);
    if (call.startedAt <= this.#learnedAt) {
      this.#correct();
      return;
    }
    this.#learnedAt = now;

    const elapsedS = Math.max(now - (this.#openedAt ?? now), 1) / 1000;
    const letThrough = this.#spent - this.#spentAtOpening;
    const isWindow =
      (retryAfterMs / 1000 - 1) * (letThrough / elapsedS) >=
      CALLS_WORTH_A_WINDOW;
    if (isWindow) this.#awaitBudget();
    else this.#measure(now, letThrough);
  }

  /** The API asks for a pause that has nothing to do with how many calls we made (529). */
  pause(now: number, ms: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, now + ms);
  }

  /** A call that was under way when another was refused is refused, too: it had been counted among those let through. */
  #correct(): void {
    this.#spentAtOpening -= 1;
    const last = this.#exhaustions.at(-1);
    if (last) last.spent -= 1;
    if (this.#exhaustions.length === 1) {
      this.#burst = Math.max(1, this.#burst - 1);
    }
  }

  #awaitBudget(): void {
    this.#openedAt = undefined;
    this.#spentAtOpening = this.#spent;
    this.#exhaustions = [];
    this.#savedAt = this.#closedUntil;
    this.#saved = this.#burst;
  }

  #measure(now: number, letThrough: number): void {
    const before = this.#exhaustions.filter(({ at }) => now - at <= MEMORY_MS);
    const [oldest] = before;
    if (this.#rate === undefined) {
      this.#rate = DOCUMENTED_PER_SECOND;
      this.#burst = Math.max(1, letThrough - this.#rate);
    } else if (oldest && now - oldest.at >= 1000) {
      const seconds = (now - oldest.at) / 1000;
      const measured = this.#spent - oldest.spent;
      // At both ends a part of a call may have been left.
      this.#rate = clamp(
        this.#rate,
        Math.max(measured - 1, 0.5) / seconds,
        (measured + 1) / seconds,
      );
    }
    this.#exhaustions = [...before, { at: now, spent: this.#spent }];
    this.#openedAt = now;
    this.#spentAtOpening = this.#spent;
    this.#saved = 0;
    this.#savedAt = now;
  }

  #earn(now: number): void {
    const seconds = Math.max(0, now - this.#savedAt) / 1000;
    this.#saved += seconds * this.#rateAt(now);
    this.#savedAt = Math.max(now, this.#savedAt);
    if (this.#saved > this.#burst + MARGIN + 1) {
      // Nobody called for a while, and neither does the API save up calls for ever: what we counted says no more.
      this.#saved = this.#burst + MARGIN + 1;
      this.#exhaustions = [];
    }
  }

  #rateAt(now: number): number {
    const rate = this.#rate ?? DOCUMENTED_PER_SECOND;
    const last = this.#exhaustions.at(-1);
    if (!last) return rate;
    const scale =
      this.#exhaustions.length > 1 ? RAISE_MEASURED_S : RAISE_UNMEASURED_S;
    return rate * (1 + ((now - last.at) / 1000 / scale) ** 2);
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
