/** Remembers which events were taken. */
export interface WebhookEvents {
  isNew(id: string): Promise<boolean>;

  /** Does nothing where it is known. */
  remember(id: string, receivedAt: Date): Promise<void>;

  /** Forgets those received before this moment. */
  purge(receivedBefore: Date): Promise<void>;
}
