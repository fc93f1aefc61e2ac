/** Messages that have had their time. Every method is one short transaction, of which many may be needed. */
export interface RetentionStore {
  /**
   * Tells the feed of some of the messages that have expired since.
   *
   * @returns whether there may be more
   */
  tellExpired(): Promise<boolean>;
  /**
   * Deletes some rows of messages that have expired, once the feed has been told, or that are older than a moment and kept by
   * nobody. What is deleted partly, nobody sees any more.
   *
   * @returns whether there may be more
   */
  purgeSome(olderThan: Date): Promise<boolean>;
}

/** Tells the feed of all that has expired, so that open pages drop it. */
export async function tellExpired(
  store: Pick<RetentionStore, 'tellExpired'>,
  signal: AbortSignal,
): Promise<void> {
  let isMore = true;
  while (isMore && !signal.aborted) {
    isMore = await store.tellExpired();
  }
}

/** Deletes what has expired or is old, bit by bit, so that nobody waits for it. */
export async function purgeMessages(
  store: RetentionStore,
  options: { olderThan: Date; signal: AbortSignal },
): Promise<void> {
  const { olderThan, signal } = options;
  await tellExpired(store, signal);
  let isMore = true;
  while (isMore && !signal.aborted) {
    isMore = await store.purgeSome(olderThan);
  }
}
