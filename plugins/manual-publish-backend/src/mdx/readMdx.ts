import { Heading, Nodes, Paragraph, PhrasingContent, Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import type {} from './headingData';
import { MdxOptions } from './MdxOptions';
import { parseMdx } from './syntax';

/**
 * The tree of a text: ids of headings are in `data.id`, and what the writer put as JSX because Markdown could not hold it is the Markdown
 * node that it stands for.
 *
 * @throws VFileMessage where the text is no MDX
 */
export function readMdx(text: string, options: MdxOptions): Root {
  return restoredTree(parseMdx(text), options);
}

/** The same of a tree that has been parsed, which stays as it is. */
export function restoredTree(parsed: Root, options: MdxOptions): Root {
  const root = copyOf(parsed);
  restore(root, options);
  return root;
}

/** Nodes anew, so that they can be changed; what they carry is shared. */
function copyOf<N extends Nodes>(node: N): N {
  if (!('children' in node)) return { ...node };
  const children: Nodes[] = node.children;
  return { ...node, children: children.map(copyOf) };
}

function restore(node: Nodes, options: MdxOptions): void {
  if (!('children' in node)) return;
  const children: Nodes[] = node.children;
  for (let index = 0; index < children.length; index += 1) {
    const child = children[index];
    restore(child, options);
    const replacement = markdownFor(child);
    if (replacement) children.splice(index, 1, ...replacement);
    if (replacement) index += replacement.length - 1;
  }
  if (node.type === 'heading') restoreId(node, options);
  if (node.type === 'paragraph') restoreParagraph(node);
}

/** A paragraph of elements only is written within `<p>`, alone on its line: read as a paragraph in a paragraph. */
function restoreParagraph(paragraph: Paragraph): void {
  const children: Nodes[] = paragraph.children;
  const [only] = children;
  if (children.length === 1 && only.type === 'paragraph') {
    paragraph.children = only.children;
  }
}

/** The Markdown that an element stands for, when the writer may have made the element of it. */
function markdownFor(node: Nodes): Nodes[] | undefined {
  if (
    (node.type !== 'mdxJsxTextElement' && node.type !== 'mdxJsxFlowElement') ||
    node.attributes.length > 0
  ) {
    return undefined;
  }
  const { position } = node;
  const children = phrasingIn(node.children);
  switch (children && node.name) {
    case 'strong':
      return [{ type: 'strong', children: children ?? [], position }];
    case 'em':
      return [{ type: 'emphasis', children: children ?? [], position }];
    case 'del':
      return [{ type: 'delete', children: children ?? [], position }];
    case 'p':
      return [{ type: 'paragraph', children: children ?? [], position }];
    case 'br':
      return [{ type: 'break', position }];
    case 'code':
      return [{ type: 'inlineCode', value: toString(node), position }];
    case 'span':
      return children;
    default:
      return undefined;
  }
}

/** The children of an element when all of them are text and the like. One alone on its line is read as a block. */
function phrasingIn(nodes: readonly Nodes[]): PhrasingContent[] | undefined {
  const phrasing: PhrasingContent[] = [];
  for (const node of nodes) {
    switch (node.type) {
      case 'text':
      case 'strong':
      case 'emphasis':
      case 'delete':
      case 'break':
      case 'inlineCode':
      case 'inlineMath':
      case 'link':
      case 'image':
      case 'mdxJsxTextElement':
      case 'mdxTextExpression':
      case 'textDirective':
      case 'footnoteReference':
        phrasing.push(node);
        break;
      case 'mdxJsxFlowElement': {
        const children = phrasingIn(node.children);
        if (!children) return undefined;
        phrasing.push({ ...node, type: 'mdxJsxTextElement', children });
        break;
      }
      default:
        return undefined;
    }
  }
  return phrasing;
}

const COMMENT_ID = /^\/\* #(\S+) \*\/$/;
const CLASSIC_ID = /\s*\{#([^{}]+)\}$/;

function restoreId(heading: Heading, { headingIds }: MdxOptions): void {
  const last = heading.children.at(-1);
  if (headingIds === 'mdx' && last?.type === 'mdxTextExpression') {
    const id = COMMENT_ID.exec(last.value)?.[1];
    if (id === undefined) return;
    heading.children.pop();
    heading.data = { ...heading.data, id };
    const before = heading.children.at(-1);
    if (before?.type === 'text') before.value = before.value.replace(/ $/, '');
    if (before?.type === 'text' && before.value === '') heading.children.pop();
  }
  if (headingIds === 'classic' && last?.type === 'text') {
    const id = CLASSIC_ID.exec(last.value)?.[1];
    if (id === undefined) return;
    heading.data = { ...heading.data, id };
    last.value = last.value.replace(CLASSIC_ID, '');
    if (last.value === '') heading.children.pop();
  }
}
