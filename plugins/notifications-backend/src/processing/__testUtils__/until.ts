import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a condition; a test that waits for what never comes fails by its own time limit, saying for what. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 20_000,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > end) {
      throw new Error(`It did not come true: ${condition}`);
    }
    await delay(10);
  }
}
