import type { AxeResults } from 'axe-core';
import fs from 'node:fs';
import { Page } from 'playwright-core';

/** What axe finds serious or critical on the page as it stands still, one line a problem. */
export async function graveAccessibilityProblems(
  page: Page,
): Promise<string[]> {
  // Half faded in, a dialog has no contrast yet. What turns for as long as something is loading never finishes.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== 'running' ||
          effect?.getComputedTiming().endTime === Infinity,
      ),
  );
  await page.evaluate(
    fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'),
  );
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes.map(node => node.html).join('\n')}`,
    );
}
