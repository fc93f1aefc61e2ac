import type { PhrasingContent } from 'mdast';
import type {} from 'mdast-util-directive';
import type {} from 'mdast-util-math';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx';
import { TAG } from './tags';

/**
 * What becomes of content within a block: `text` is translated, `around` is a pair of tags where it holds text, and `void`
 * stays as it is behind one tag.
 */
const treatments: Readonly<
  Record<PhrasingContent['type'], 'text' | 'around' | 'void'>
> = {
  text: 'text',
  emphasis: 'around',
  strong: 'around',
  delete: 'around',
  link: 'around',
  linkReference: 'around',
  mdxJsxTextElement: 'around',
  textDirective: 'around',
  break: 'void',
  footnoteReference: 'void',
  html: 'void',
  image: 'void',
  imageReference: 'void',
  inlineCode: 'void',
  inlineMath: 'void',
  mdxTextExpression: 'void',
};

export type Wrapper = Extract<PhrasingContent, { children: PhrasingContent[] }>;

export function isPhrasing(node: { type: string }): node is PhrasingContent {
  return Object.hasOwn(treatments, node.type);
}

/** Whether it is around text that is to be translated. */
export function isWrapper(node: PhrasingContent): node is Wrapper {
  return (
    treatments[node.type] === 'around' &&
    'children' in node &&
    !isUntouchable(node) &&
    node.children.some(child =>
      child.type === 'text'
        ? splitLiterals(child.value).some(
            part => !part.isLiteral && part.value.trim() !== '',
          )
        : isWrapper(child),
    )
  );
}

const untouchableElements: ReadonlySet<string> = new Set([
  'code',
  'kbd',
  'pre',
  'samp',
  'script',
  'style',
  'var',
]);

/** Elements that hold code, and those that ask not to be translated as HTML has it. */
export function isUntouchable(node: { type: string }): boolean {
  if (!isJsx(node)) return false;
  return (
    untouchableElements.has(node.name ?? '') ||
    node.attributes.some(
      attribute =>
        attribute.type === 'mdxJsxAttribute' &&
        attribute.name === 'translate' &&
        attribute.value === 'no',
    )
  );
}

export function isJsx(node: {
  type: string;
}): node is MdxJsxFlowElement | MdxJsxTextElement {
  return node.type === 'mdxJsxTextElement' || node.type === 'mdxJsxFlowElement';
}

/** URLs, and what a writer wrote that looks like one of our tags. */
const LITERAL = new RegExp(
  `${TAG.source}|https?://[\\w\\-.~:/?#[\\]@!$&'()*+,;=%]*[\\w/#=&%]`,
  'gi',
);

/** Parts of a text that a translator must not see, and those between. */
export function splitLiterals(
  text: string,
): { value: string; isLiteral: boolean }[] {
  const parts: { value: string; isLiteral: boolean }[] = [];
  let end = 0;
  for (const match of text.matchAll(LITERAL)) {
    if (match.index > end) {
      parts.push({ value: text.slice(end, match.index), isLiteral: false });
    }
    parts.push({ value: match[0], isLiteral: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) {
    parts.push({ value: text.slice(end), isLiteral: false });
  }
  return parts;
}
