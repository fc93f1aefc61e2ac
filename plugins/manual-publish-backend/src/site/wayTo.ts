import { PageAbove, PageOutline } from '../source/ManualSource';
import { Manifest } from './Manifest';
import { Ancestor } from './planSite';

/** Where the page was published before, below the very same pages. */
export function wayInManifest(
  manifest: Manifest,
  nearestFirst: readonly PageAbove[],
  id: string,
  rootPageId: string,
): { ancestors: readonly Ancestor[]; position: number } | undefined {
  const page = manifest.get(id);
  const rootAt = nearestFirst.findIndex(each => each.id === rootPageId);
  const above = nearestFirst.slice(0, rootAt + 1).map(each => each.id);
  if (!page || rootAt < 0 || page.parent !== above[0]) return undefined;
  const ancestors = above.map((each, index) => {
    const known = manifest.get(each);
    const isSame = (known?.parent ?? undefined) === above[index + 1];
    return known && isSame
      ? [{ id: each, title: known.title, position: known.position }]
      : [];
  });
  return ancestors.every(each => each.length > 0)
    ? { ancestors: ancestors.flat().reverse(), position: page.position }
    : undefined;
}

/**
 * From the solution's root to the page itself.
 *
 * @param position - of the root
 */
export function wayInOutline(
  outline: PageOutline,
  id: string,
  position: number,
): Ancestor[] | undefined {
  const self = { id: outline.id, title: outline.title, position };
  if (outline.id === id) return [self];
  for (const [index, child] of outline.children.entries()) {
    const below = wayInOutline(child, id, index + 1);
    if (below) return [self, ...below];
  }
  return undefined;
}
