import type { Manual } from '@herald/backstage-plugin-manual-publish-common';

export const manualStates = ['changed', 'never', 'published'] as const;

export type ManualState = (typeof manualStates)[number];

export type ManualNode = {
  manual: Manual;
  state: ManualState;
  children: ManualNode[];
  /** How many pages there are below it. */
  size: number;
  /** How many of them publishing would change. */
  changesBelow: number;
};

export type ManualFilter = {
  search: string;
  state: ManualState | undefined;
};

export function stateOf(
  manual: Pick<Manual, 'changed' | 'last_published'>,
): ManualState {
  if (manual.last_published === null) {
    return 'never';
  }
  return manual.changed ? 'changed' : 'published';
}

/** The pages as a tree, in their order. A page whose parent is not among those before it stands at the top. */
export function manualTree(manuals: readonly Manual[]): ManualNode[] {
  const roots: ManualNode[] = [];
  const nodes = new Map<string, ManualNode>();
  for (const manual of manuals) {
    const node: ManualNode = {
      manual,
      state: stateOf(manual),
      children: [],
      size: 0,
      changesBelow: 0,
    };
    const parent = nodes.get(manual.parent_id ?? '');
    (parent?.children ?? roots).push(node);
    nodes.set(manual.id, node);
  }
  roots.forEach(countBelow);
  return roots;
}

function countBelow(node: ManualNode) {
  for (const child of node.children) {
    countBelow(child);
    node.size += 1 + child.size;
    node.changesBelow +=
      child.changesBelow + (child.state === 'published' ? 0 : 1);
  }
}

export function isFiltered({ search, state }: ManualFilter): boolean {
  return search.trim() !== '' || state !== undefined;
}

/** The pages that fit, with those above them. A search is for all of its words, in any case. */
export function filteredTree(
  nodes: readonly ManualNode[],
  filter: ManualFilter,
): ManualNode[] {
  if (!isFiltered(filter)) {
    return [...nodes];
  }
  return nodes.flatMap(node => {
    const children = filteredTree(node.children, filter);
    return children.length > 0 || fits(node, filter)
      ? [{ ...node, children }]
      : [];
  });
}

export function fits(
  { manual, state }: ManualNode,
  filter: ManualFilter,
): boolean {
  const title = manual.title.toLocaleLowerCase();
  const words = filter.search.toLocaleLowerCase().split(/\s+/);
  return (
    (filter.state === undefined || filter.state === state) &&
    words.every(word => title.includes(word))
  );
}

/** All nodes, each before those below it. */
export function flattened(nodes: readonly ManualNode[]): ManualNode[] {
  return nodes.flatMap(node => [node, ...flattened(node.children)]);
}

export function countsByState(
  manuals: readonly Manual[],
): Record<ManualState, number> {
  const counts = { changed: 0, never: 0, published: 0 };
  for (const manual of manuals) {
    counts[stateOf(manual)] += 1;
  }
  return counts;
}

/** More pages than these are shown folded at first. */
const UNFOLDED_PAGES = 80;

/** What is unfolded at first: all of a small manual, else what is at its top. */
export function firstExpanded(nodes: readonly ManualNode[]): string[] {
  const all = flattened(nodes);
  const shown = all.length <= UNFOLDED_PAGES ? all : nodes;
  return shown
    .filter(({ children }) => children.length > 0)
    .map(({ manual }) => manual.id);
}
