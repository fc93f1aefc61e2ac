import { Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';

/** What Docusaurus takes for the id of a heading, at the end of its words. */
const CLASSIC_ID = /\{#[^\n]+\}$/;

/**
 * Whether a heading would lose words: Docusaurus reads its id from all of them, bold ones and code, too, and then takes away what
 * stands last, unless that is text.
 */
export function hasLastWordsAsId(root: Root): boolean {
  let hasThem = false;
  visit(root, 'heading', heading => {
    const last = heading.children.at(-1);
    const isText = last?.type === 'text' && CLASSIC_ID.test(last.value);
    if (CLASSIC_ID.test(toString(heading)) && !isText) hasThem = true;
  });
  return hasThem;
}
