import { MessageStore } from './MessageStore';

const MESSAGES_PER_BATCH = 1_000;

/** Deletes what has expired or is old, batch by batch, so that nobody waits for it. */
export async function purgeMessages(
  store: Pick<MessageStore, 'purgeMessages'>,
  options: { olderThan: Date; signal: AbortSignal },
): Promise<void> {
  let deleted = MESSAGES_PER_BATCH;
  while (deleted > 0 && !options.signal.aborted) {
    deleted = await store.purgeMessages(options.olderThan, MESSAGES_PER_BATCH);
  }
}
