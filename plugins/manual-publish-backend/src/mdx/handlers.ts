import { Nodes, Text } from 'mdast';
import { MdxJsxAttribute } from 'mdast-util-mdx';
import { Handle, Options, State } from 'mdast-util-to-markdown';
import { JsxElement } from './jsx';

declare module 'mdast' {
  interface TextData {
    /** Written so that no character can mean anything. */
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

/** References are decoded in attributes, so an ampersand that looks like one is one; line endings would meet indentation. */
const attributeValue = (value: string) =>
  value
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replace(/[\n\t]/g, character => (character === '\n' ? '&#xA;' : '&#x9;'));

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

const isElement = (node: Nodes | undefined): boolean =>
  node?.type === 'mdxJsxFlowElement' ||
  (node?.type === 'paragraph' &&
    node.children.length === 1 &&
    node.children[0].type === 'mdxJsxTextElement' &&
    node.children[0].name !== 'p');

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

const blocksOf = (node: JsxElement) =>
  node.type === 'mdxJsxFlowElement' ? node.children : [];

const textElement: Handle = (node: JsxElement, _, state, info) => {
  const isClosed = node.children.length === 0 && node.name !== null;
  if (isClosed) return openingTag(node, true);
  const content = state.containerPhrasing(
    { type: 'paragraph', children: phrasingOf(node) },
    { ...info, before: '>', after: '<' },
  );
  return `${openingTag(node, false)}${content}</${node.name ?? ''}>`;
};

const phrasingOf = (node: JsxElement) =>
  node.type === 'mdxJsxTextElement' ? node.children : [];

const peekElement = () => '<';

export const handlers: Options['handlers'] = {
  text,
  mdxJsxFlowElement: flowElement,
  mdxJsxTextElement: Object.assign(textElement, { peek: peekElement }),
};

/** Elements may stand line by line, and lists of different kinds are told apart by their markers. */
export const join: NonNullable<Options['join']> = [
  (left, right, parent) =>
    parent.type === 'root' &&
    left.type === 'mdxJsxFlowElement' &&
    right.type === 'mdxJsxFlowElement'
      ? 0
      : undefined,
];

export type { State };
