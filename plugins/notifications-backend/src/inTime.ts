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
