/** Every stylesheet of @backstage/ui sets it. */
const TOKEN = '--bui-space';

/**
 * Brings the stylesheet of `@backstage/ui` into a portal that has not: one that loads plugins as they come has no reason to. Where
 * a portal that is built with the plugins has its own, perhaps of a newer release, that stays the only one. (A plugin that is bundled
 * by itself has it among its other styles in any case: the bundler puts the styles of all packages into one file.)
 *
 * @public
 */
export async function bringUiStyles(): Promise<void> {
  if (typeof document === 'undefined') return; // no page, as in a worker
  const root = getComputedStyle(document.documentElement);
  if (root.getPropertyValue(TOKEN) === '') {
    // The rule is for portals that have theirs; here there is none.
    // eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
    await import('@backstage/ui/css/styles.css');
  }
}
