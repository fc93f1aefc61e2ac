import fc from 'fast-check';
import { Nodes } from 'mdast';
import { page } from '@herald/sandbox';
import { proveMdx } from '../mdx/proveMdx';
import { readMdx } from '../mdx/readMdx';
import { writeMdx } from '../mdx/writeMdx';
import { BlockNode } from '../source/PageSnapshot';
import { anyBlocks } from './__testUtils__/anyBlocks';
import { everythingThere, nothingThere } from './__testUtils__/contexts';
import { snapshotOf } from './__testUtils__/snapshotOf';
import { cleanText } from '../source/cleanText';
import { convertPage } from './convertPage';

/** More of them while developing: `HERALD_PROPERTY_RUNS=5000`. */
const numRuns = Number(process.env.HERALD_PROPERTY_RUNS ?? 40);

/**
 * White space is where lines and markup are, so it does not count; nor does what stands for half a character, whose other half may
 * be in the next item.
 */
const words = (text: string) =>
  cleanText(text)
    .replace(/[\s\ufffd]/g, '')
    // As formulas of headings have it.
    .replaceAll('<{}', '<');

/** All that a block says: the text of each item of rich text, expressions, titles. */
function saidBy(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(saidBy);
  if (typeof value !== 'object' || value === null) return [];
  if ('equation' in value && 'plain_text' in value) {
    // On one line there are no comments, which are for those who write.
    return saidBy(value.equation).flatMap(tex => tex.split(/%[^\n]*/));
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    ['plain_text', 'expression', 'block_type'].includes(name) &&
    typeof inner === 'string'
      ? [inner]
      : saidBy(inner),
  );
}

const saidIn = (nodes: readonly BlockNode[]): string[] =>
  nodes.flatMap(({ block, children }) => [
    ...saidBy(block),
    ...saidIn(children),
  ]);

function shownIn(node: Nodes): string {
  const attributes =
    'attributes' in node && Array.isArray(node.attributes)
      ? node.attributes.map(each =>
          typeof each.value === 'string' ? each.value : '',
        )
      : [];
  const own = [
    ...('value' in node ? [node.value] : []),
    ...('alt' in node ? [node.alt ?? ''] : []),
    ...(node.type === 'code' ? [node.meta ?? ''] : []),
    ...attributes,
  ];
  const below = 'children' in node ? node.children.map(shownIn) : [];
  return [...own, ...below].join('');
}

describe('any page', () => {
  it.each(['mdx', 'classic'] as const)(
    'is MDX that compiles, reads as the tree, and has all of the text (ids: %s)',
    async headingIds => {
      const property = fc.assert(
        fc.asyncProperty(anyBlocks, fc.boolean(), async (blocks, isThere) => {
          const snapshot = { ...snapshotOf(page('Any')), blocks };
          const context = isThere ? everythingThere : nothingThere;
          const { root } = convertPage(snapshot, context);
          const text = writeMdx(root, { headingIds });
          await proveMdx(text, root, { headingIds });
          const shown = words(shownIn(readMdx(text, { headingIds })));
          for (const said of saidIn(blocks)) {
            if (!shown.includes(words(said))) {
              throw new Error(
                `${JSON.stringify(said)} is lost in ${JSON.stringify(text)}`,
              );
            }
          }
        }),
        { numRuns },
      );
      await expect(property).resolves.toBeUndefined();
    },
    600_000,
  );
});
