/** What is being done, on standard error: standard output is for the report alone. */
export function say(text: string): void {
  process.stderr.write(`bench: ${text}\n`);
}

export async function timed<T>(
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  const start = performance.now();
  const result = await work();
  say(`${what} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return result;
}
