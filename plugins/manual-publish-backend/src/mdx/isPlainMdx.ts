import { Nodes } from 'mdast';
import { visit } from 'unist-util-visit';
import { hasTagsInContents } from './contentsOfPage';
import { escapedHeadingIds } from './escapedHeadingIds';
import { hasFewLines } from './hasFewLines';
import { hasLastWordsAsId } from './hasLastWordsAsId';
import { hasWholeElements } from './hasWholeElements';
import { labelledAdmonitions } from './labelledAdmonitions';
import { isDeepFormula } from './isDeepFormula';
import { JsxElement, isComment, isLiteral, literalText } from './literals';
import { readsSlowly } from './readsSlowly';
import { isComponent, takesAttribute } from './plainComponents';
import { parseMdx } from './syntax';
import { webAddress } from './webAddress';

/** What shows text, pictures and films. All others load, send or style something, or stand for the page as a whole. */
const HTML = new Set(
  'a abbr audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr'.split(
    ' ',
  ),
);
/** React takes no text for the last two: the build of the site would end at them. */
const REFUSED_ATTRIBUTE = /^(?:on.*|dangerouslysetinnerhtml|ref|style)$/i;
const ADDRESS_ATTRIBUTE =
  /^(?:.*:)?(?:action|cite|file|formaction|href|poster|src|to|url)$/i;

/** Code that the site shows as a formula, by the first word of its language. */
const IS_FORMULA = /^math(?!\S)/;

/** Far more than any page has. The compiler of the site has no room on its stack for over a thousand. */
const DEEPEST = 250;

/** A line between paragraphs, which is a part of neither. */
const END = '***';

/**
 * Whether MDX that a writer typed may be a part of a page: it compiles, it uses what the site has as that is to be used, and it runs no code. Whoever may
 * edit a page of Notion must not have the build of the site do things, so there are no imports, no exports, no expressions but
 * numbers, words and comments. Links are to addresses of the web: of files, the site would not build where there is none. It ends
 * where it ends: a fence without its end would take what stands below it.
 */
export const isPlainMdx = (text: string): boolean =>
  !readsSlowly(text) && [...readingsOf(text)].every(readsPlain);

/** What Docusaurus may make of a text before it parses it, by its flags and by how far the text is indented. */
function readingsOf(text: string): ReadonlySet<string> {
  const escaped = escapedHeadingIds(text);
  return new Set([
    text,
    escaped,
    labelledAdmonitions(text),
    labelledAdmonitions(escaped),
  ]);
}

function readsPlain(text: string): boolean {
  try {
    const root = parseMdx(`${text}\n\n${END}\n`);
    let isPlain =
      root.children.at(-1)?.type === 'thematicBreak' &&
      hasWholeElements(root) &&
      !hasTagsInContents(root) &&
      !hasLastWordsAsId(root);
    const depths = new Map<Nodes, number>();
    visit(root, (node, _, parent) => {
      const depth = parent ? (depths.get(parent) ?? 0) + 1 : 0;
      depths.set(node, depth);
      if (!isPlainNode(node) || depth > DEEPEST) isPlain = false;
    });
    return isPlain;
  } catch {
    return false;
  }
}

/** The scheme stands first and is whole: Docusaurus takes an address with a space before it, or a tab in it, for a page of the site. */
const isWebAddress = (address: string) =>
  /^[a-z]+:/i.test(address) && webAddress(address) !== undefined;

const isKnown = (name: string | null) =>
  name === null || isComponent(name) || HTML.has(name);

function isPlainNode(node: Nodes): boolean {
  switch (node.type) {
    case 'mdxjsEsm':
      return false;
    case 'yaml':
      // Nothing of it was looked into, and on the page, which has its own above it, it is no front matter but text and code.
      return false;
    case 'mdxFlowExpression':
    case 'mdxTextExpression':
      return isLiteral(node.value) || isComment(node.value);
    case 'mdxJsxFlowElement':
    case 'mdxJsxTextElement':
      return isKnown(node.name) && hasPlainAttributes(node);
    case 'code':
      return (
        hasFewLines(node.meta ?? '') &&
        !(IS_FORMULA.test(node.lang ?? '') && isDeepFormula(node.value))
      );
    case 'containerDirective':
    case 'leafDirective':
    case 'textDirective':
      // Docusaurus makes them properties of a component, too.
      return Object.entries(node.attributes ?? {}).every(([name, value]) =>
        isPlainProperty(name, value ?? ''),
      );
    case 'math':
    case 'inlineMath':
      return !isDeepFormula(node.value);
    case 'link':
    case 'image':
    case 'definition':
      return isWebAddress(node.url);
    default:
      return true;
  }
}

function hasPlainAttributes(element: JsxElement): boolean {
  return element.attributes.every(attribute => {
    if (attribute.type !== 'mdxJsxAttribute') return false;
    const { name, value } = attribute;
    const isExpression = typeof value === 'object' && value !== null;
    if (isExpression && !isLiteral(value.value)) return false;
    return (
      takesAttribute(element, attribute) &&
      isPlainProperty(name, literalText(attribute))
    );
  });
}

function isPlainProperty(name: string, text: string): boolean {
  if (REFUSED_ATTRIBUTE.test(name)) return false;
  if (ADDRESS_ATTRIBUTE.test(name)) return isWebAddress(text);
  // Browsers take no notice of white space and control characters in a scheme.
  const target = text.replace(/[\s\p{Cc}]/gu, '');
  return !/^(?:javascript|data|vbscript):/i.test(target);
}
