/** Remembers which events were taken. */
export interface WebhookEvents {
  isNew(id: string): Promise<boolean>;

  /**
   * Remembers it, and has these solutions published later: both or neither. Does nothing where it is known, as it may be since it was new:
   * another replica may have had it, too, and been quicker.
   */
  take(
    id: string,
    receivedAt: Date,
    solutions: readonly string[],
  ): Promise<void>;

  /** Forgets those received before this moment. */
  purge(receivedBefore: Date): Promise<void>;
}
