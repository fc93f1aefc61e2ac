import { Nodes } from 'mdast';
import { visit } from 'unist-util-visit';
import { parseMdx } from './syntax';

/** Components that pages of the site may use without an import: those of the docs site, and what Docusaurus brings. */
const COMPONENTS = new Set(
  'Admonition Audio Bookmark CodeBlock Column Columns Details Embed FileLink Pdf TabItem Tabs Video'.split(
    ' ',
  ),
);
const HTML = /^[a-z][a-z0-9]*$/;
const LITERAL =
  /^\s*(?:-?\d+(?:\.\d+)?|true|false|null|"[^"\\]*"|'[^'\\]*')\s*$/;

/**
 * Whether MDX that a writer typed may be a part of a page: it compiles, it uses what the site has, and it runs no code. Whoever may
 * edit a page of Notion must not have the build of the site do things, so there are no imports, no exports, no expressions but
 * numbers, words and comments.
 */
export function isPlainMdx(text: string): boolean {
  try {
    let isPlain = true;
    visit(parseMdx(text), node => {
      if (!isPlainNode(node)) isPlain = false;
    });
    return isPlain;
  } catch {
    return false;
  }
}

const isComment = (value: string) =>
  /^\s*\/\*(?:(?!\*\/).)*\*\/\s*$/s.test(value);

const isKnown = (name: string | null) =>
  name === null ||
  COMPONENTS.has(name) ||
  (HTML.test(name) && name !== 'script' && name !== 'iframe');

function isPlainNode(node: Nodes): boolean {
  switch (node.type) {
    case 'mdxjsEsm':
      return false;
    case 'mdxFlowExpression':
    case 'mdxTextExpression':
      return LITERAL.test(node.value) || isComment(node.value);
    case 'mdxJsxFlowElement':
    case 'mdxJsxTextElement':
      return isKnown(node.name) && node.attributes.every(isPlainAttribute);
    default:
      return true;
  }
}

type Attribute = Extract<
  Nodes,
  { type: 'mdxJsxFlowElement' }
>['attributes'][number];

function isPlainAttribute(attribute: Attribute): boolean {
  if (attribute.type !== 'mdxJsxAttribute') return false;
  const { name, value } = attribute;
  if (/^on/i.test(name) || name === 'dangerouslySetInnerHTML') return false;
  if (typeof value === 'object' && value) return LITERAL.test(value.value);
  return !/^\s*(?:javascript|data|vbscript):/i.test(value ?? '');
}
