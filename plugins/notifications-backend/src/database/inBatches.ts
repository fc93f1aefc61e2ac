export const ROWS_PER_BATCH = 1_000;

/**
 * Does something to one batch of rows after the other, each by a statement of its own, so that none holds its locks for long.
 *
 * @param batch - told how many rows it may take at the most; answers how many it took
 * @returns how many there were
 */
export async function inBatches(
  batch: (limit: number) => Promise<number>,
): Promise<number> {
  let inAll = 0;
  let taken: number;
  do {
    taken = await batch(ROWS_PER_BATCH);
    inAll += taken;
  } while (taken === ROWS_PER_BATCH);
  return inAll;
}
