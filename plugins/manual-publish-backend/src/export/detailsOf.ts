import { BlockContent, Heading, PhrasingContent } from 'mdast';
import { jsxBlock, jsxText } from '../mdx/jsx';

/** What opens and closes. The summary is on a line of its own: a heading, or text. */
export function detailsOf(
  summary: [Heading] | PhrasingContent[],
  children: BlockContent[],
): BlockContent {
  return jsxBlock('details', {}, [summaryOf(summary), ...children]);
}

function summaryOf(summary: [Heading] | PhrasingContent[]): BlockContent {
  const [first] = summary;
  if (first?.type === 'heading') return jsxBlock('summary', {}, [first]);
  const text = summary.filter(
    (each): each is PhrasingContent => each.type !== 'heading',
  );
  return { type: 'paragraph', children: [jsxText('summary', text)] };
}
