/** Says of each call whether it may pass. A call that may not costs nothing. */
export interface RateLimit {
  /** Undefined when a call may pass now, else after how many whole seconds one may. */
  retryAfter(now: number): number | undefined;
  spend(now: number): void;
}

/** An average rate with bursts, as Notion documents it: calls are earned evenly, and saved up to `burst`. */
export function averageRate(options: {
  perSecond: number;
  burst: number;
}): RateLimit {
  let saved = options.burst;
  let savedAt: number | undefined;
  const earn = (now: number) => {
    const earned = ((now - (savedAt ?? now)) / 1000) * options.perSecond;
    saved = Math.min(options.burst, saved + earned);
    savedAt = now;
  };
  return {
    retryAfter(now) {
      earn(now);
      // Thirds of a call do not add up to one exactly.
      if (saved >= 1 - 1e-9) return undefined;
      return Math.max(1, Math.ceil((1 - saved) / options.perSecond));
    },
    spend() {
      saved -= 1;
    },
  };
}

/** So many calls in each window, spendable at once; a window begins with its first call. */
export function windowBudget(options: {
  calls: number;
  windowMs: number;
}): RateLimit {
  let startedAt = -Infinity;
  let spent = 0;
  const endsAt = () => startedAt + options.windowMs;
  return {
    retryAfter(now) {
      if (now >= endsAt() || spent < options.calls) return undefined;
      return Math.max(1, Math.ceil((endsAt() - now) / 1000));
    },
    spend(now) {
      if (now >= endsAt()) {
        startedAt = now;
        spent = 0;
      }
      spent += 1;
    },
  };
}
