import { BlockContent, PhrasingContent } from 'mdast';
import { jsxBlock, jsxText } from '../mdx/jsx';

/** Something with a caption below it; without one it stands alone. */
export const figureOf = (
  content: BlockContent,
  caption: PhrasingContent[],
): BlockContent[] =>
  caption.length === 0
    ? [content]
    : [
        jsxBlock('figure', {}, [
          content,
          { type: 'paragraph', children: [jsxText('figcaption', caption)] },
        ]),
      ];
