import { TooManyRequestsError } from '../TooManyRequestsError';

/** How many messages a sender may send in a window of time. */
export type Quota = { messages: number; perMs: number };

export type QuotaRules = {
  /** What holds for who is not named. */
  general?: Quota;
  /** By sender: the authenticated principal. */
  bySender: ReadonlyMap<string, Quota>;
};

/** Where it is written down what was spent; all replicas share it. */
export interface QuotaLedger {
  /** @returns how much was spent in this window, this one included */
  spend(sender: string, windowStart: number): Promise<number>;
}

/** Holds senders to their quotas. Windows are fixed: each begins at a multiple of its length. */
export class SenderQuota {
  readonly #rules: QuotaRules;
  readonly #now: () => Date;

  constructor(options: { rules: QuotaRules; now: () => Date }) {
    this.#rules = options.rules;
    this.#now = options.now;
  }

  /**
   * @param ledger - where it is written down: that of the transaction which stores the message, so that what is not stored costs nothing
   * @throws TooManyRequestsError where the quota of this window is used up
   */
  async spend(sender: string, ledger: QuotaLedger): Promise<void> {
    const quota = this.#rules.bySender.get(sender) ?? this.#rules.general;
    if (!quota) {
      return;
    }
    const now = this.#now().getTime();
    const windowStart = now - (now % quota.perMs);
    const spent = await ledger.spend(sender, windowStart);
    if (spent > quota.messages) {
      const left = windowStart + quota.perMs - now;
      throw new TooManyRequestsError(
        `You may send ${quota.messages} messages in ${
          quota.perMs / 1000
        } seconds`,
        Math.max(1, Math.ceil(left / 1000)),
      );
    }
  }
}
