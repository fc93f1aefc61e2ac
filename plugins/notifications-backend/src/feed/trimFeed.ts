import { Feed } from './Feed';

const KEPT_MS = 7 * 24 * 60 * 60_000;
const ENTRIES_PER_BATCH = 1_000;

/** Removes what is older than seven days, in batches that hold no lock for long. */
export async function trimFeed(feed: Feed, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_MS);
  let removed: number;
  do {
    removed = await feed.trim(before, ENTRIES_PER_BATCH);
  } while (removed === ENTRIES_PER_BATCH);
}
