const LOOK_EVERY_MS = 100;

/** Looks again and again until the condition holds; what it throws ends the wait. */
export async function until(
  what: string,
  timeoutMs: number,
  condition: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(`gave up waiting until ${what}`);
    }
    await new Promise(resolve => {
      setTimeout(resolve, LOOK_EVERY_MS);
    });
  }
}
