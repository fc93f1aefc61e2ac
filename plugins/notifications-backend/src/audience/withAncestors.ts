/**
 * The groups and all their ancestors, each once, in the order in which they are reached. Cycles end where they close.
 *
 * @param parents - for each group, the groups directly above it
 */
export function withAncestors(
  groups: readonly string[],
  parents: ReadonlyMap<string, readonly string[]>,
): string[] {
  const reached = new Set(groups);
  // A set yields what is added while it is being walked.
  for (const group of reached) {
    for (const parent of parents.get(group) ?? []) {
      reached.add(parent);
    }
  }
  return [...reached];
}
