const ROWS_PER_INSERT = 100;

/** Rows as many at a time as every engine takes in one statement. */
export async function inChunks<T>(
  items: readonly T[],
  each: (chunk: T[], start: number) => PromiseLike<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += ROWS_PER_INSERT) {
    await each(items.slice(start, start + ROWS_PER_INSERT), start);
  }
}
