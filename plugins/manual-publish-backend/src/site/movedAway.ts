import { Warning } from '../publishing/Warning';
import { PageNotFound, QuestionRefused } from '../source/errors';
import { Ancestry } from '../source/ManualSource';
import { PageTree, WithheldPage } from '../source/PageSnapshot';
import { Manifest } from './Manifest';
import { idsBelow } from './relocate';
import { idsIn, withheldIn } from './treeIds';

type Options = {
  readonly tree: PageTree;
  readonly previous: Manifest;
  readonly rootPageId: string;
  /** The ids of the pages above the tree: they are not below it, wherever they were published, and what is below them goes with them. */
  readonly above: ReadonlySet<string>;
  /** @throws PageNotFound, QuestionRefused where nothing is said of the page, SourceUnavailable */
  readonly ancestorsOf: (pageId: string) => Promise<Ancestry>;
  readonly onWarning: (warning: Warning) => void;
};

/** A page that stays on the site below another, its keeper. */
type KeptPage = WithheldPage & {
  readonly keeper: string;
  readonly whereabouts: Whereabouts;
};

type Whereabouts = 'inside' | 'outside' | 'unknown';

/**
 * The tree of a page, with the pages that were published below it, are listed nowhere in it, and are in the solution all the same: they
 * have moved to where the job does not look, or from a list that it had not read yet into one that it had. They stay where they
 * are on the site until a job sees them listed. Only pages that would leave the site otherwise are asked for.
 */
export async function withMovedAway(options: Options): Promise<PageTree> {
  const { tree, previous, rootPageId } = options;
  const { id: top } = tree.snapshot.page;
  const published = new Set(idsIn(tree));
  const withheld = new Set(withheldIn(tree));
  const inside = stayingIds(options, withheld);
  const isBelow = (parent: string | null, above: string) =>
    parent === above ||
    // What was published while another page was the root.
    (above === rootPageId && (parent === null || !previous.has(parent)));
  const look = async (
    above: string,
    keeper: string,
  ): Promise<readonly KeptPage[]> => {
    const found = [...previous]
      .filter(([id, { parent }]) => id !== top && isBelow(parent, above))
      .map(async ([id, { title, position }]) => {
        if (published.has(id)) return look(id, id);
        if (withheld.has(id) || options.above.has(id)) return [];
        const whereabouts = await whereaboutsOf(id, inside, options);
        return whereabouts === 'outside'
          ? look(id, keeper)
          : [{ id, title, position, keeper, whereabouts }];
      });
    return (await Promise.all(found)).flat();
  };
  const kept = await look(top, top);
  for (const { id, title, whereabouts } of kept) {
    options.onWarning({
      ...(whereabouts === 'unknown'
        ? {
            code: 'page-withheld',
            message: `Notion does not say where ${title} is now: it stays on the site as it was, with all below it`,
          }
        : {
            code: 'page-moved',
            message: `${title} is somewhere else in Notion now: it stays where it was on the site until the page above it is published`,
          }),
      pageId: id,
      pageTitle: title,
    });
  }
  return withKept(tree, kept);
}

/** What stays on the site although nobody has seen it now: pages that are withheld, and what the job does not look at. */
function stayingIds(
  { tree, previous, above }: Options,
  withheld: ReadonlySet<string>,
): ReadonlySet<string> {
  const lookedAt = idsBelow(previous, tree.snapshot.page.id);
  return new Set([
    ...[...withheld, ...above].flatMap(id => [...idsBelow(previous, id)]),
    ...[...previous.keys()].filter(id => !lookedAt.has(id)),
  ]);
}

/**
 * Inside is what is below the solution's root, or below a page of it that Notion does not show. One page for which Notion refuses the
 * question must not stop all others from being published.
 */
async function whereaboutsOf(
  id: string,
  inside: ReadonlySet<string>,
  { rootPageId, ancestorsOf }: Options,
): Promise<Whereabouts> {
  try {
    const { pages, unseen } = await ancestorsOf(id);
    const isInside =
      pages.some(above => above.id === rootPageId) ||
      (unseen !== undefined && inside.has(unseen));
    return isInside ? 'inside' : 'outside';
  } catch (error) {
    if (error instanceof PageNotFound) return 'outside';
    if (error instanceof QuestionRefused) return 'unknown';
    throw error;
  }
}

function withKept(tree: PageTree, kept: readonly KeptPage[]): PageTree {
  const { withheld = [], children } = tree;
  const { id: keeper } = tree.snapshot.page;
  const last = children.length + withheld.length;
  return {
    ...tree,
    children: children.map(child => withKept(child, kept)),
    withheld: [
      ...withheld,
      ...kept
        .filter(page => page.keeper === keeper)
        .map(({ id, title }, index) => ({
          id,
          title,
          position: last + index + 1,
        })),
    ],
  };
}
