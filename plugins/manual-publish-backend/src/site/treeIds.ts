import { PageTree } from '../source/PageSnapshot';

/** The ids of the pages of a tree. */
export function idsIn({ snapshot, children }: PageTree): string[] {
  return [snapshot.page.id, ...children.flatMap(idsIn)];
}

/** The ids of the pages that are listed in a tree, and that Notion does not show. */
export function withheldIn({ withheld = [], children }: PageTree): string[] {
  return [...withheld.map(({ id }) => id), ...children.flatMap(withheldIn)];
}
