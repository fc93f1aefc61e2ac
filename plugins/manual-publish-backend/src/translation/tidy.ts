import type { Delete, Emphasis, PhrasingContent, Strong } from 'mdast';

/**
 * Content that a translator has moved, so that Markdown can write it: white space and line breaks go out of emphasis and links, spaces
 * beside line breaks and line breaks at the ends go (neither shows), and a space comes between marks that would run together.
 */
export function tidy(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return peel(tidyInner(nodes)).inner;
}

function tidyInner(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const hoisted = joinTexts(nodes.flatMap(hoistBlanks));
  const spaced = hoisted.flatMap((node, index) => {
    const before = hoisted.at(index - 1);
    return index > 0 && before && runTogether(before, node)
      ? [textNode(' '), node]
      : [node];
  });
  return joinTexts(
    spaced.map((node, index) =>
      node.type === 'text'
        ? withoutBlanksAt(node.value, {
            start: index > 0 && spaced[index - 1].type === 'break',
            end: spaced.at(index + 1)?.type === 'break',
          })
        : node,
    ),
  );
}

/** A node with tidy content, between what had to leave it. */
function hoistBlanks(node: PhrasingContent): PhrasingContent[] {
  if (!('children' in node)) return [node];
  const children = tidyInner(node.children);
  const { before, inner, after } = peel(children);
  if (inner.length > 0) {
    node.children = inner;
    return [...before, node, ...after];
  }
  node.children = children;
  // Emphasis of nothing cannot be written; a link may well be one of nothing.
  return isAttention(node) ? children : [node];
}

/** Parts white space and line breaks at both ends from what is between. */
function peel(nodes: readonly PhrasingContent[]): {
  before: PhrasingContent[];
  inner: PhrasingContent[];
  after: PhrasingContent[];
} {
  const start = nodes.findIndex(node => !isBlank(node));
  if (start < 0) return { before: [...nodes], inner: [], after: [] };
  const end = nodes.findLastIndex(node => !isBlank(node)) + 1;
  const inner = nodes.slice(start, end);
  const before = nodes.slice(0, start);
  const after = nodes.slice(end);

  const first = inner[0];
  if (first.type === 'text') {
    const value = first.value.trimStart();
    before.push(textNode(first.value.slice(0, -value.length)));
    inner[0] = { ...first, value };
  }
  const last = inner[inner.length - 1];
  if (last.type === 'text') {
    const value = last.value.trimEnd();
    after.unshift(textNode(last.value.slice(value.length)));
    inner[inner.length - 1] = { ...last, value };
  }
  return { before, inner, after };
}

function isBlank(node: PhrasingContent): boolean {
  return (
    node.type === 'break' || (node.type === 'text' && node.value.trim() === '')
  );
}

function isAttention(
  node: PhrasingContent,
): node is Emphasis | Strong | Delete {
  return (
    node.type === 'emphasis' || node.type === 'strong' || node.type === 'delete'
  );
}

/** Whether the marks of two neighbours would be read as one. */
function runTogether(one: PhrasingContent, other: PhrasingContent): boolean {
  return (
    one.type === other.type &&
    (one.type === 'inlineCode' || one.type === 'inlineMath')
  );
}

function withoutBlanksAt(
  value: string,
  at: { start: boolean; end: boolean },
): PhrasingContent {
  const started = at.start ? value.trimStart() : value;
  return textNode(at.end ? started.trimEnd() : started);
}

function textNode(value: string): PhrasingContent {
  return { type: 'text', value };
}

/** Without empty texts, and neighbouring texts as one. */
export function joinTexts(
  nodes: readonly PhrasingContent[],
): PhrasingContent[] {
  const joined: PhrasingContent[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (node.type !== 'text') joined.push(node);
    else if (last?.type === 'text') {
      joined[joined.length - 1] = textNode(last.value + node.value);
    } else if (node.value !== '') joined.push(node);
  }
  return joined;
}
