import { BlockContent } from 'mdast';
import { pageName } from '../source/pageName';
import { BlockNode } from '../source/PageSnapshot';
import type { Block, Conversion } from './Conversion';
import { linkTo } from './linkParagraph';
import { listOf } from './listOf';
import { followLink } from './links/followLink';

/** A page or database below a page: a link where it stands. Several that follow each other become one list. */
export function linkBelow(
  block: Block,
  title: string,
  children: readonly BlockNode[],
  conversion: Conversion,
): BlockContent[] {
  const words = conversion.words(pageName(title), block);
  const url = followLink(block.id, conversion, block.id);
  return [
    listOf(
      { ordered: false },
      [url === undefined ? words : linkTo(url, words)],
      conversion.blocks(children),
    ),
  ];
}
