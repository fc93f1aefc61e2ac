import { Code, Image, Nodes, Text } from 'mdast';
import { MdxJsxAttribute } from 'mdast-util-mdx';
import { Handle, Options, defaultHandlers } from 'mdast-util-to-markdown';
import { JsxElement } from './jsx';
import { MDX_CODE } from './unwrapMdxCode';

declare module 'mdast' {
  interface TextData {
    /** Written so that no character can mean anything. */
    isHard?: boolean;
  }
  interface ImageData {
    /** The same of its alternative text. */
    isHard?: boolean;
  }
}

/** Every character that could mean something as a character reference, and white space at the edges. */
const hard = (value: string) =>
  value.replace(
    /[!-/:-@[-`{-~\n\t]|^\s|\s$|^[iezI]/gu,
    character => `&#x${(character.codePointAt(0) ?? 0).toString(16)};`,
  );

const text: Handle = (node: Text, _, state, info) =>
  node.data?.isHard ? hard(node.value) : state.safe(node.value, info);

const image: Handle = (node: Image, parent, state, info) => {
  if (!node.data?.isHard) {
    return defaultHandlers.image(node, parent, state, info);
  }
  const nameless = defaultHandlers.image(
    { ...node, alt: '' },
    parent,
    state,
    info,
  );
  return `![${hard(node.alt ?? '')}${nameless.slice('!['.length)}`;
};

const peekImage = () => '!';

const LIKE_HEADING_WITH_ID = /^#{1,6}(?!#).*\{#/m;

/**
 * A line of code such as `# ${#list[@]}` is a heading to Docusaurus, which writes `\{#` for `{#` in those before it parses. It is none
 * where a space is before it, and code is without the spaces that its fence has. In an item or a quote something is before each line.
 */
const code: Handle = (node: Code, parent, state, info) => {
  const written = defaultHandlers.code(node, parent, state, info);
  const isAtMargin =
    !state.stack.includes('listItem') && !state.stack.includes('blockquote');
  return isAtMargin &&
    node.lang !== MDX_CODE &&
    LIKE_HEADING_WITH_ID.test(node.value)
    ? state.indentLines(written, (line, _, isBlank) =>
        isBlank ? line : ` ${line}`,
      )
    : written;
};

/** References are decoded in attributes, so an ampersand that looks like one is one; line endings would meet indentation. */
const attributeValue = (value: string) =>
  value
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replace(/[\n\t]/g, character => (character === '\n' ? '&#xA;' : '&#x9;'));

/** Parts of one thing stand line by line; an empty line is between all others. */
const PARTS = new Set(['Column', 'TabItem', 'thead', 'tbody', 'tr']);

const isElement = (node: Nodes | undefined): boolean =>
  node?.type === 'mdxJsxFlowElement' ||
  (node?.type === 'paragraph' &&
    node.children.length === 1 &&
    node.children[0].type === 'mdxJsxTextElement' &&
    node.children[0].name !== 'p');

const isPart = (node: Nodes): boolean => {
  const element = node.type === 'paragraph' ? node.children[0] : node;
  return (
    (element?.type === 'mdxJsxFlowElement' ||
      element?.type === 'mdxJsxTextElement') &&
    PARTS.has(element.name ?? '') &&
    isElement(node)
  );
};

/** Nothing but markers on its first line, or a number that is not 1: such a line does not end the paragraph above it. */
const endsNoParagraph = (node: Nodes | undefined): boolean =>
  node === undefined ||
  (node.type === 'list' &&
    ((node.start ?? 1) !== 1 ||
      endsNoParagraph(node.children[0]?.children[0])));

export const join: NonNullable<Options['join']> = [
  (left, right) =>
    left.type === 'mdxJsxFlowElement' && isPart(left) && isPart(right)
      ? 0
      : undefined,
  // In an item, a list and code follow their text at once; before all else is an empty line, or it could be taken for more of the
  // text, as could MDX without its fences.
  (left, right, parent) => {
    if (parent.type !== 'listItem') return undefined;
    const follows =
      (right.type === 'code' && right.lang !== MDX_CODE) ||
      (right.type === 'list' && !endsNoParagraph(right));
    return left.type === 'paragraph' && follows ? undefined : 1;
  },
];

function openingTag(node: JsxElement, isClosed: boolean): string {
  const attributes = node.attributes.map(attribute => {
    if (attribute.type === 'mdxJsxExpressionAttribute') {
      return ` {${attribute.value}}`;
    }
    return ` ${attribute.name}${writtenValue(attribute)}`;
  });
  return `<${node.name ?? ''}${attributes.join('')}${isClosed ? ' /' : ''}>`;
}

function writtenValue({ value }: MdxJsxAttribute): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string'
    ? `="${attributeValue(value)}"`
    : `={${value.value}}`;
}

const blocksOf = (node: JsxElement) =>
  node.type === 'mdxJsxFlowElement' ? node.children : [];

/** Elements follow each other line by line; between them and Markdown are empty lines, as MDX wants it. Nothing is indented. */
const flowElement: Handle = (node: JsxElement, _, state, info) => {
  if (node.children.length === 0) return openingTag(node, true);
  const exit = state.enter('mdxJsxFlowElement');
  const content = state.containerFlow(
    // The shape is that of a parent of blocks: the type of this element says so.
    { type: 'root', children: blocksOf(node) },
    info,
  );
  exit();
  const first = isElement(node.children[0]) ? '\n' : '\n\n';
  const last =
    node.children.at(-1)?.type === 'mdxJsxFlowElement' ? '\n' : '\n\n';
  return `${openingTag(node, false)}${first}${content}${last}</${
    node.name ?? ''
  }>`;
};

const phrasingOf = (node: JsxElement) =>
  node.type === 'mdxJsxTextElement' ? node.children : [];

const textElement: Handle = (node: JsxElement, _, state, info) => {
  const isClosed = node.children.length === 0 && node.name !== null;
  if (isClosed) return openingTag(node, true);
  const content = state.containerPhrasing(
    { type: 'paragraph', children: phrasingOf(node) },
    { ...info, before: '>', after: '<' },
  );
  return `${openingTag(node, false)}${content}</${node.name ?? ''}>`;
};

const peekElement = () => '<';

export const handlers: Options['handlers'] = {
  text,
  code,
  image: Object.assign(image, { peek: peekImage }),
  mdxJsxFlowElement: flowElement,
  mdxJsxTextElement: Object.assign(textElement, { peek: peekElement }),
};
