import type { BlockObjectResponse, PageObjectResponse } from '@notionhq/client';

/**
 * A block with those below it. A block of a type that this version does not know has the type that Notion gave it; the exporter
 * names it in a placeholder.
 */
export type BlockNode = {
  readonly block: BlockObjectResponse;
  readonly children: readonly BlockNode[];
  /** Why the children could not be read, such as a synced block whose source is not shared. */
  readonly problem?: string;
};

/** A page as Notion had it at one moment. Pages below it are snapshots of their own; here they are `child_page` blocks. */
export type PageSnapshot = {
  readonly page: PageObjectResponse;
  readonly blocks: readonly BlockNode[];
  /** When it was read. */
  readonly readAt: Date;
};

/** A page that its parent lists and Notion does not show: it is not shared with the integration, which is not to say that it is gone. */
export type WithheldPage = {
  readonly id: string;
  readonly title: string;
  /** Among all that the parent lists, from 1. */
  readonly position: number;
};

/** A page with the pages below it, in the order of Notion. */
export type PageTree = {
  readonly snapshot: PageSnapshot;
  readonly children: readonly PageTree[];
  readonly withheld?: readonly WithheldPage[];
};

/** The positions of the pages that are shown, among all that their parent lists. */
export function positionsIn(
  {
    children,
    withheld = [],
  }: Pick<PageTree, 'withheld'> & {
    readonly children: readonly unknown[];
  },
  first = 1,
): readonly number[] {
  const taken = new Set(withheld.map(({ position }) => position));
  let next = first;
  return children.map(() => {
    while (taken.has(next)) next += 1;
    next += 1;
    return next - 1;
  });
}
