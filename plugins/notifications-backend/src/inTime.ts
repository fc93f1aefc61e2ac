/**
 * Waits for somebody else's work, but not for ever. What it does when its time is over is its own affair.
 *
 * @throws Error where it took longer
 */
export async function inTime<T>(
  work: T | PromiseLike<T>,
  limitMs: number,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`it took longer than ${limitMs} ms`)),
      limitMs,
    );
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * The same for what comes piece by piece: each piece has its own time, however many there are.
 *
 * @throws Error where one took longer
 */
export async function* eachInTime<T>(
  pieces: AsyncIterable<T>,
  limitMs: number,
): AsyncGenerator<T, void> {
  const iterator = pieces[Symbol.asyncIterator]();
  for (;;) {
    const next = await inTime(iterator.next(), limitMs);
    if (next.done) {
      return;
    }
    yield next.value;
  }
}
