import {
  Heading,
  InlineCode,
  Nodes,
  Paragraph,
  Parents,
  PhrasingContent,
  Root,
} from 'mdast';
import type { InlineMath } from 'mdast-util-math';
import type {} from './headingData';
import { isFlanked } from './flanking';
import { jsxText } from './jsx';
import { splitAutolinks } from './autolinks';
import { MdxOptions } from './MdxOptions';

/** Nodes whose text is written so that no character of it can mean anything. */
export type Hardened = ReadonlySet<Nodes>;

type Place = {
  readonly parent: Parents;
  readonly index: number;
  /** GFM does not look for addresses in links. */
  readonly inLink?: boolean;
  /** Line endings mean something else in a heading, a cell and a label, and elements are on one line. */
  readonly onOneLine: boolean;
  readonly hardened: Hardened;
  readonly options: MdxOptions;
};

/**
 * The tree as it is put in words: a copy in which stands as JSX, what Markdown cannot say at its place. `readMdx` makes the way back.
 *
 * - emphasis whose markers would not be read as such where they stand, such as `**中文。**文`: `<strong>`, `<em>`, `<del>`;
 * - breaks where a line must not end: `<br />`;
 * - text that GFM makes a link of, escaped or not: its parts, one of them in a `<span>`;
 * - code that a table cannot hold: `<code>`; code next to code, and formulas next to formulas: `<span>` around one;
 * - ids of headings, as the options say;
 * - a paragraph of such elements alone would be read as elements without a paragraph: `<p>` around them.
 */
export function writtenForm(
  root: Root,
  hardened: Hardened,
  options: MdxOptions,
): Root {
  return {
    ...root,
    children: root.children.flatMap((child, index) =>
      written(child, {
        parent: root,
        index,
        onOneLine: false,
        hardened,
        options,
      }),
    ),
  };
}

function written<N extends Nodes>(node: N, place: Place): N[] {
  const forms: Nodes[] = formsOf(node, place);
  // A node stands where it stood: phrasing becomes phrasing, a block becomes a block.
  return forms as N[];
}

const textNode = (value: string, isHard: boolean): PhrasingContent => ({
  type: 'text',
  value,
  ...(isHard ? { data: { isHard } } : {}),
});

/** The markers of two in a row would be taken for one longer marker. */
const apart = (
  node: InlineCode | InlineMath,
  { parent, index }: Place,
): PhrasingContent =>
  parent.children[index - 1]?.type === node.type
    ? jsxText('span', [{ ...node }])
    : { ...node };

const ELEMENT = { strong: 'strong', emphasis: 'em', delete: 'del' } as const;

function formsOf(node: Nodes, place: Place): Nodes[] {
  const isHard = place.hardened.has(node);
  switch (node.type) {
    case 'text':
      return (
        place.inLink
          ? [{ text: node.value, hidden: false }]
          : splitAutolinks(node.value)
      ).map(part =>
        part.hidden
          ? jsxText('span', [textNode(part.text, isHard)])
          : textNode(part.text, isHard),
      );
    case 'image':
      return [isHard ? { ...node, data: { ...node.data, isHard } } : node];
    case 'break':
      return [place.onOneLine ? jsxText('br') : { type: 'break' }];
    case 'inlineCode':
      return [
        place.onOneLine && /\\\||[\r\n]|\{#/.test(node.value)
          ? jsxText('code', [textNode(node.value, true)])
          : apart(node, place),
      ];
    case 'inlineMath':
      return [apart(node, place)];
    case 'strong':
    case 'emphasis':
    case 'delete': {
      const children = phrasing(node, place);
      return isHard || !isFlanked(node, place.parent, place.index)
        ? [jsxText(ELEMENT[node.type], children)]
        : [{ ...node, children }];
    }
    case 'heading':
      return [
        {
          ...node,
          children: withId(node, phrasing(node, place, true), place.options),
        },
      ];
    case 'paragraph':
      return [{ ...node, children: paragraphChildren(node, place) }];
    default:
      return 'children' in node ? [withChildren(node, place)] : [{ ...node }];
  }
}

function phrasing(
  parent: Extract<Parents, { children: PhrasingContent[] }>,
  place: Place,
  onOneLine = place.onOneLine,
): PhrasingContent[] {
  return parent.children.flatMap((child, index) =>
    written(child, { ...place, parent, index, onOneLine }),
  );
}

const ON_ONE_LINE = new Set<Nodes['type']>([
  'tableCell',
  'mdxJsxTextElement',
  'textDirective',
]);

function withChildren(node: Parents, place: Place): Nodes {
  const onOneLine = place.onOneLine || ON_ONE_LINE.has(node.type);
  const inLink = place.inLink || node.type === 'link';
  const children: Nodes[] = node.children;
  return {
    ...node,
    children: children.flatMap((child, index) =>
      written(child, { ...place, parent: node, index, onOneLine, inLink }),
    ),
  } as Nodes;
}

function withId(
  heading: Heading,
  children: PhrasingContent[],
  { headingIds }: MdxOptions,
): PhrasingContent[] {
  const id = heading.data?.id;
  if (id === undefined) return children;
  const space: PhrasingContent[] =
    children.length > 0 ? [{ type: 'text', value: ' ' }] : [];
  return headingIds === 'mdx'
    ? [
        ...children,
        ...space,
        { type: 'mdxTextExpression', value: `/* #${id} */` },
      ]
    : [...children, ...space, { type: 'text', value: `{#${id}}` }];
}

const INLINE_ELEMENTS = new Set(
  'a abbr b br code del em i img ins kbd mark q s small span strong sub sup u'.split(
    ' ',
  ),
);

function paragraphChildren(
  paragraph: Paragraph,
  place: Place,
): PhrasingContent[] {
  const isLabel = paragraph.data?.directiveLabel === true;
  const children = phrasing(paragraph, place, place.onOneLine || isLabel);
  const isOnlyElements = children.every(child =>
    child.type === 'mdxJsxTextElement'
      ? INLINE_ELEMENTS.has(child.name ?? '')
      : child.type === 'mdxTextExpression' ||
        (child.type === 'text' && child.value.trim() === ''),
  );
  if (isLabel || !isOnlyElements || children.length === 0) return children;
  return [jsxText('p', phrasing(paragraph, place, true))];
}
