/** Every stylesheet of @backstage/ui sets it. */
const TOKEN = '--bui-space';

/**
 * Brings the stylesheet of `@backstage/ui` into a portal that has not: one that loads plugins as they come has no reason to. Where
 * the portal has its own, perhaps of a newer release, it stays the only one.
 */
export async function bringUiStyles(): Promise<void> {
  if (typeof document === 'undefined') return; // no page, as in a worker
  const root = getComputedStyle(document.documentElement);
  if (root.getPropertyValue(TOKEN) === '') {
    await import('@backstage/ui/css/styles.css');
  }
}
