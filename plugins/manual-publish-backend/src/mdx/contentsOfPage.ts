import { Nodes, Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';

/** What of a heading Docusaurus escapes, or looks into, for the contents of a page. All else it puts into their HTML as it is. */
const ESCAPED = new Set<Nodes['type']>([
  'delete',
  'emphasis',
  'heading',
  'inlineCode',
  'link',
  'mdxJsxTextElement',
  'strong',
  'text',
]);

/** What may begin a tag, together with what stands next to it, too. */
const TAG = /<(?![\s\d={])/g;

/** Whether headings would put tags into the contents of their page: a formula or an alternative text could run a script for readers. */
export function hasTagsInContents(root: Root): boolean {
  let hasTags = false;
  visit(root, 'heading', heading =>
    visit(heading, node => {
      if (!ESCAPED.has(node.type) && toString(node).search(TAG) >= 0) {
        hasTags = true;
      }
    }),
  );
  return hasTags;
}

/** The formula as a heading may have it: empty braces after what would be a tag, which are not seen. */
export const formulaInHeading = (tex: string): string =>
  tex.replace(TAG, '<{}');
