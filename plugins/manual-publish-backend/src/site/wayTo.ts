import { PageAbove, PageOutline } from '../source/ManualSource';
import { Manifest } from './Manifest';
import { Ancestor } from './SitePlan';

export type PagePlace = {
  /** The solution's root first. */
  readonly ancestors: readonly Ancestor[];
  /** In its folder, from 1. */
  readonly position: number;
};

/** Where the page was published before, below the very same pages. */
export function wayInManifest(
  manifest: Manifest,
  nearestFirst: readonly PageAbove[],
  id: string,
  rootPageId: string,
): PagePlace | undefined {
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
 * Where the page is now, below the pages that are above it. The outline tells positions only: it does not look for pages below ordinary
 * text, and those that it has not found come after the others, until the page above them is published.
 *
 * @param solution - `position` is that of the root
 */
export function wayInOutline(
  outline: PageOutline,
  nearestFirst: readonly PageAbove[],
  id: string,
  solution: { readonly rootPageId: string; readonly position: number },
): PagePlace | undefined {
  const rootAt = nearestFirst.findIndex(
    each => each.id === solution.rootPageId,
  );
  if (rootAt < 0) return undefined;
  let folder: PageOutline | undefined = outline;
  const positionBelow = (each: string): number => {
    const siblings = folder?.children ?? [];
    const index = siblings.findIndex(child => child.id === each);
    folder = siblings[index];
    return (index < 0 ? siblings.length : index) + 1;
  };
  const ancestors = nearestFirst
    .slice(0, rootAt + 1)
    .reverse()
    .map((above, depth) => ({
      ...above,
      position: depth === 0 ? solution.position : positionBelow(above.id),
    }));
  return { ancestors, position: positionBelow(id) };
}
