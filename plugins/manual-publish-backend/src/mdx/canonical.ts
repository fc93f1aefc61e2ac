import { Nodes } from 'mdast';
import { Position } from 'unist';
import type {} from './headingData';

/** What of a tree counts when two are compared. */
export type CanonicalNode = {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly children: readonly CanonicalNode[];
  /** Where it was read; it does not count. */
  readonly position?: Position;
};

const isElement = (node: Nodes) =>
  node.type === 'mdxJsxTextElement' || node.type === 'mdxJsxFlowElement';

const typeOf = (node: Nodes) => (isElement(node) ? 'mdxJsxElement' : node.type);

/**
 * A tree without what does not count: positions, empty lines between items (`spread`), how texts are split. Elements alone in a
 * paragraph are blocks, as MDX has it.
 */
export function canonical(node: Nodes): CanonicalNode {
  const children = 'children' in node ? canonicalChildren(node.children) : [];
  return {
    type: typeOf(node),
    fields: fieldsOf(node),
    children,
    ...(node.position ? { position: node.position } : {}),
  };
}

const IGNORED = new Set(['type', 'children', 'position', 'data', 'spread']);

function fieldsOf(node: Nodes): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(node)) {
    if (IGNORED.has(name) || value === null || value === undefined) continue;
    fields[name] = value;
  }
  if ('attributes' in node && Array.isArray(node.attributes)) {
    fields.attributes = node.attributes.map(attributeOf);
  }
  if (node.type === 'heading' && node.data?.id) fields.id = node.data.id;
  if (node.type === 'paragraph' && node.data?.directiveLabel) {
    fields.directiveLabel = true;
  }
  if (node.type === 'table') delete fields.align;
  return fields;
}

type Attribute = Extract<
  Nodes,
  { type: 'mdxJsxTextElement' }
>['attributes'][number];

function attributeOf(attribute: Attribute): unknown {
  if (attribute.type === 'mdxJsxExpressionAttribute') return attribute.value;
  const { name, value } = attribute;
  return [name, typeof value === 'object' && value ? value.value : value ?? ''];
}

function canonicalChildren(children: readonly Nodes[]): CanonicalNode[] {
  const result: CanonicalNode[] = [];
  for (const child of children) {
    if (child.type === 'paragraph' && isOfElements(child)) {
      result.push(...child.children.filter(isElement).map(canonical));
      continue;
    }
    if (child.type === 'text' && child.value === '') continue;
    const node = canonical(child);
    const before = result.at(-1);
    if (before?.type === 'text' && node.type === 'text') {
      const value = `${before.fields.value}${node.fields.value}`;
      result[result.length - 1] = { ...before, fields: { value } };
    } else {
      result.push(node);
    }
  }
  return result;
}

function isOfElements(paragraph: Extract<Nodes, { type: 'paragraph' }>) {
  return (
    paragraph.children.some(isElement) &&
    paragraph.children.every(
      child =>
        isElement(child) ||
        (child.type === 'text' && child.value.trim() === ''),
    )
  );
}
