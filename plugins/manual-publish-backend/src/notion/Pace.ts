/** What the API is known to let through before it has said anything; Notion documents three calls a second. */
const DOCUMENTED_PER_SECOND = 3;
/** Until the rate has been measured, it is raised soon; afterwards only to notice that more is let through than before. */
const RAISE_UNMEASURED_S = 3;
const RAISE_MEASURED_S = 50;
/** How far back refusals say something about the rate that holds now. */
const MEMORY_MS = 60_000;
/** A share of a call by which we stay behind what we think is allowed, as calls do not arrive at the moment they start. */
const MARGIN = 0.25;
/** Who asks us to wait for the earning of more calls than this is not counting a rate, but the time until a new budget. */
const CALLS_WORTH_A_WINDOW = 3;
/** With fewer, refusals say less about a rate than about a bad moment. */
const CALLS_WORTH_A_MEASURE = 5;
/** Without a call for so long, what the API has saved up for us is no longer known. */
const IDLE_MS = 2000;
/** The rate is raised while calls wait for it. */
const LOOK_AGAIN_MS = 250;
/** How many calls try out a new budget. */
const PROBES = 4;

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
 * - **A budget for a window of time**: the wait is much longer. Afterwards some calls try whether the budget is new; then they
 *   start at once again, until as many were made as the last budget had. Those beyond go one by one, in case there are more.
 */
export class Pace {
  #closedUntil = -Infinity;
  /** When a refusal last said something new. */
  #learnedAt: number | undefined;
  #firstStartAt: number | undefined;
  #underWay = 0;
  /** Calls that were started and not refused. */
  #spent = 0;
  /** What had been spent when the present window or rate began. */
  #spentBefore = 0;

  /** Calls a second; undefined while nothing is known of a rate. */
  #rate: number | undefined;
  #isMeasured = false;
  #raisedSince = 0;
  #exhaustions: Exhaustion[] = [];
  #saved = 0;
  #savedAt = 0;
  #lastStartAt = 0;
  /** How many calls may be saved up. */
  #burst = 1;

  /** How many calls the last window had. */
  #budget: number | undefined;
  /** Whether the present budget has yet to let a call through. */
  #isProbing = false;

  /** How long until a call may start: 0 for now, Infinity for not before another one has ended. */
  waitMs(now: number): number {
    if (now < this.#closedUntil) return this.#closedUntil - now;
    if (this.#underWay >= this.#mostUnderWay()) return Infinity;
    if (this.#rate === undefined) return 0;
    this.#earn(now);
    // What is saved in fractions does not add up to one exactly.
    const missing = 1 + MARGIN - this.#saved;
    return missing <= 1e-9
      ? 0
      : clamp((missing / this.#rateAt(now)) * 1000, 1, LOOK_AGAIN_MS);
  }

  /** How long the API still wants no call at all. */
  pauseMs(now: number): number {
    return Math.max(0, this.#closedUntil - now);
  }

  start(now: number): CallStart {
    this.#firstStartAt ??= now;
    if (this.#rate !== undefined) this.#earn(now);
    this.#lastStartAt = now;
    this.#saved -= 1;
    this.#spent += 1;
    this.#underWay += 1;
    return { startedAt: now };
  }

  /** The API let the call through, whatever it answered. */
  letThrough(call: CallStart): void {
    this.#underWay -= 1;
    if (call.startedAt >= this.#closedUntil) this.#isProbing = false;
  }

  /** The API had no call left for this one (429), and says when to come again. */
  refused(call: CallStart, now: number, retryAfterMs: number): void {
    this.#underWay -= 1;
    this.#spent -= 1;
    this.#closedUntil = Math.max(this.#closedUntil, now + retryAfterMs);
    if (this.#learnedAt !== undefined && call.startedAt <= this.#learnedAt) {
      this.#correct();
      return;
    }
    const since = this.#learnedAt ?? this.#firstStartAt ?? now;
    const elapsedS = Math.max(now - since, 1) / 1000;
    const letThrough = this.#spent - this.#spentBefore;
    this.#learnedAt = now;
    this.#spentBefore = this.#spent;
    const isWindow =
      (retryAfterMs / 1000 - 1) * (letThrough / elapsedS) >=
      CALLS_WORTH_A_WINDOW;
    if (isWindow) this.#awaitBudget(letThrough);
    else this.#measure(now, letThrough);
  }

  /** The API asks for a pause that has nothing to do with how many calls we made (529). */
  pause(call: CallStart, now: number, ms: number): void {
    this.letThrough(call);
    this.#closedUntil = Math.max(this.#closedUntil, now + ms);
  }

  #mostUnderWay(): number {
    if (this.#isProbing) return PROBES;
    const isUsedUp =
      this.#budget !== undefined &&
      this.#spent - this.#spentBefore >= this.#budget;
    return isUsedUp ? 1 : Infinity;
  }

  /** A call that was under way when another was refused is refused, too: it had been counted among those let through. */
  #correct(): void {
    this.#spentBefore -= 1;
    if (this.#budget !== undefined) this.#budget = atLeast1(this.#budget - 1);
    const last = this.#exhaustions.at(-1);
    if (last) last.spent -= 1;
    if (!this.#isMeasured) this.#burst = atLeast1(this.#burst - 1);
  }

  #awaitBudget(letThrough: number): void {
    this.#budget = atLeast1(letThrough);
    this.#isProbing = true;
    this.#exhaustions = [];
    this.#savedAt = this.#closedUntil;
    this.#saved = this.#burst + MARGIN;
  }

  #measure(now: number, letThrough: number): void {
    const before = this.#exhaustions.filter(({ at }) => now - at <= MEMORY_MS);
    const [oldest] = before;
    if (this.#rate === undefined) {
      this.#rate = DOCUMENTED_PER_SECOND;
      this.#burst = atLeast1(letThrough - this.#rate);
    } else if (oldest && now - oldest.at >= 1000) {
      const seconds = (now - oldest.at) / 1000;
      const measured = this.#spent - oldest.spent;
      if (measured >= CALLS_WORTH_A_MEASURE) {
        // At both ends a part of a call may have been left.
        const least = (measured - 1) / seconds;
        const most = (measured + 1) / seconds;
        this.#rate = clamp(this.#rate, least, most);
        this.#isMeasured = true;
      }
    }
    this.#budget = undefined;
    this.#isProbing = false;
    this.#exhaustions = [...before, { at: now, spent: this.#spent }];
    this.#saved = 0;
    this.#savedAt = now;
    this.#raisedSince = now;
  }

  #earn(now: number): void {
    const seconds = Math.max(0, now - this.#savedAt) / 1000;
    this.#saved += seconds * this.#rateAt(now);
    this.#savedAt = Math.max(now, this.#savedAt);
    const most = this.#burst + MARGIN;
    if (this.#saved <= most) return;
    this.#saved = most;
    if (now - Math.max(this.#lastStartAt, this.#closedUntil) > IDLE_MS) {
      this.#exhaustions = [];
      this.#raisedSince = now;
    }
  }

  #rateAt(now: number): number {
    const rate = this.#rate ?? DOCUMENTED_PER_SECOND;
    const scale = this.#isMeasured ? RAISE_MEASURED_S : RAISE_UNMEASURED_S;
    const seconds = (now - this.#raisedSince) / 1000;
    return rate + DOCUMENTED_PER_SECOND * (seconds / scale) ** 2;
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

function atLeast1(value: number): number {
  return Math.max(1, value);
}
