import { BlockContent, Heading } from 'mdast';
import { visit } from 'unist-util-visit';
import { formulaInHeading } from '../mdx/contentsOfPage';
import type {} from '../mdx/headingData';
import { BlockNode } from '../source/PageSnapshot';
import type { Block, Conversion } from './Conversion';
import { detailsOf } from './detailsOf';
import type { RichText } from './richText/convertRichText';

type HeadingContent = {
  readonly rich_text: readonly RichText[];
  readonly is_toggleable?: boolean;
};

const DEPTHS = [2, 3, 4, 5] as const;

/**
 * A heading with its id. The title of the page is the first level of the site, so the highest one that a page uses is the second, and the
 * others keep their distance. One that opens and
 * closes is the summary of its details, so that it still is a heading with an id. An empty one is left out, what is below it is not.
 */
export function headingBlocks(
  level: 1 | 2 | 3 | 4,
  block: Block,
  content: HeadingContent,
  children: readonly BlockNode[],
  conversion: Conversion,
): BlockContent[] {
  const id = conversion.anchorOf(block.id);
  const text = conversion.richText(content.rich_text, block);
  const below = conversion.blocks(children);
  if (text.length === 0) return below;
  const heading: Heading = {
    type: 'heading',
    depth: DEPTHS[level - conversion.topHeading],
    children: text,
    ...(id === undefined ? {} : { data: { id } }),
  };
  visit(heading, 'inlineMath', formula => {
    formula.value = formulaInHeading(formula.value);
  });
  return content.is_toggleable && below.length > 0
    ? [detailsOf([heading], below)]
    : [heading, ...below];
}
