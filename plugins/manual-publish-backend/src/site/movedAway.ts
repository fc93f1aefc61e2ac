import { Warning } from '../publishing/Warning';
import { PageNotFound } from '../source/errors';
import { PageTree, WithheldPage } from '../source/PageSnapshot';
import { Manifest } from './Manifest';

type Options = {
  readonly tree: PageTree;
  readonly previous: Manifest;
  readonly rootPageId: string;
  /** @throws PageNotFound */
  readonly ancestorsOf: (pageId: string) => Promise<readonly string[]>;
  readonly onWarning: (warning: Warning) => void;
};

/**
 * The tree of a page below the root, with the pages that were published below it and have moved to somewhere else in the solution: no
 * list that the job reads has them, so they stay where they are on the site until what is above them is published.
 */
export async function withMovedAway(options: Options): Promise<PageTree> {
  const { tree, previous } = options;
  const published = new Set(idsIn(tree));
  const movedFrom = new Map<string, WithheldPage[]>();
  const look = async (parent: string, keeper: string): Promise<void> => {
    for (const [id, page] of previous) {
      if (page.parent !== parent) continue;
      if (published.has(id)) await look(id, id);
      else if (isWithheld(tree, id)) continue;
      else if (await isElsewhere(id, published, options)) {
        const others = movedFrom.get(keeper) ?? [];
        const { title, position } = page;
        movedFrom.set(keeper, [...others, { id, title, position }]);
        options.onWarning({
          code: 'page-moved',
          message: `${page.title} is somewhere else in Notion now: it stays where it was on the site until the page above it is published`,
          pageId: id,
          pageTitle: page.title,
        });
      } else await look(id, keeper);
    }
  };
  const { id } = tree.snapshot.page;
  await look(id, id);
  return withKept(tree, movedFrom);
}

/** Below the solution's root, and not where the job has looked: there it would have been listed. */
async function isElsewhere(
  id: string,
  published: ReadonlySet<string>,
  { rootPageId, ancestorsOf }: Options,
): Promise<boolean> {
  try {
    const above = await ancestorsOf(id);
    return (
      above.includes(rootPageId) && !above.some(each => published.has(each))
    );
  } catch (error) {
    if (error instanceof PageNotFound) return false;
    throw error;
  }
}

function withKept(
  tree: PageTree,
  movedFrom: ReadonlyMap<string, readonly WithheldPage[]>,
): PageTree {
  const { withheld = [], children } = tree;
  const last = children.length + withheld.length;
  const moved = movedFrom.get(tree.snapshot.page.id) ?? [];
  return {
    ...tree,
    children: children.map(child => withKept(child, movedFrom)),
    withheld: [
      ...withheld,
      ...moved.map(({ id, title }, index) => ({
        id,
        title,
        position: last + index + 1,
      })),
    ],
  };
}

function isWithheld(
  { withheld = [], children }: PageTree,
  id: string,
): boolean {
  return (
    withheld.some(page => page.id === id) ||
    children.some(child => isWithheld(child, id))
  );
}

function idsIn({ snapshot, children }: PageTree): string[] {
  return [snapshot.page.id, ...children.flatMap(idsIn)];
}
