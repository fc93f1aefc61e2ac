import fc from 'fast-check';
import type {
  BlockContent,
  DefinitionContent,
  Paragraph,
  PhrasingContent,
  Root,
} from 'mdast';
import '../../mdx/headingData';
import { jsxBlock, jsxText } from '../../mdx/jsx';
import { joinTexts } from '../tidy';

/** What means something to Markdown, MDX or to us, among what does not. */
export const hostileWords = [
  'import x from "y"',
  'export default 1',
  '{process.exit()}',
  '<script>alert(1)</script>',
  '</Columns>',
  '<1>',
  '</2>',
  '< 3/>',
  '# one',
  '- item',
  '1. item',
  '> quote',
  '| cell |',
  '---',
  ':::note',
  ':name[label]',
  '**bold**',
  '_em_',
  '~~gone~~',
  '`code`',
  '$x$',
  '[^1]',
  '[text](https://example.com)',
  '![alt](x.png)',
  'https://example.com/a?b=1#c',
  'www.example.com',
  'a@example.com',
  '&amp;',
  '\\',
  '"quoted"',
  '중요한。',
  '**中文。**文',
  'مرحبا',
  '👩‍💻',
] as const;

const word = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom('Open', 'the', 'console', '3', '설정'),
  },
  { weight: 2, arbitrary: fc.constantFrom(...hostileWords) },
);

export const anyText: fc.Arbitrary<string> = fc
  .array(word, { minLength: 1, maxLength: 4 })
  .map(words => words.join(' '));

const leaf: fc.Arbitrary<PhrasingContent> = fc.oneof(
  {
    weight: 5,
    arbitrary: anyText.map(value => ({ type: 'text' as const, value })),
  },
  fc.constantFrom<PhrasingContent>(
    { type: 'inlineCode', value: 'kubectl get <pods>' },
    { type: 'inlineMath', value: 'x^2' },
    { type: 'break' },
    { type: 'image', url: 'a.png', alt: 'The "whole" {diagram}' },
  ),
);

/** A space on both sides of all that is no text: sources are trees that Markdown can write. */
function spaced(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] =>
    node.type === 'text'
      ? [node]
      : [
          { type: 'text', value: node.type === 'break' ? 'and' : 'and ' },
          node,
          { type: 'text', value: node.type === 'break' ? 'then' : ' then' },
        ],
  );
}

function phrasing(depth: number): fc.Arbitrary<PhrasingContent[]> {
  const inner = depth === 0 ? leaf : fc.oneof(leaf, leaf, wrapper(depth - 1));
  return fc
    .array(inner, { minLength: 1, maxLength: 4 })
    .map(nodes => joinTexts(spaced(nodes)));
}

function wrapper(depth: number): fc.Arbitrary<PhrasingContent> {
  return phrasing(depth).chain(children =>
    fc.constantFrom<PhrasingContent>(
      { type: 'emphasis', children },
      { type: 'strong', children },
      { type: 'delete', children },
      { type: 'link', url: 'https://example.com/', title: 'A title', children },
      jsxText('u', children),
    ),
  );
}

const holdsLink = (nodes: readonly PhrasingContent[]): boolean =>
  nodes.some(
    node =>
      node.type === 'link' || ('children' in node && holdsLink(node.children)),
  );

const withoutLinksInLinks = (nodes: PhrasingContent[]): boolean =>
  nodes.every(
    node =>
      !('children' in node) ||
      (withoutLinksInLinks(node.children) &&
        (node.type !== 'link' || !holdsLink(node.children))),
  );

/** Nothing within itself: `**a **b** c**` reads as something else. */
const withoutSameWithin = (
  nodes: readonly PhrasingContent[],
  outer: readonly string[] = [],
): boolean =>
  nodes.every(
    node =>
      !('children' in node) ||
      (!outer.includes(node.type) &&
        withoutSameWithin(node.children, [...outer, node.type])),
  );

export const anyPhrasing: fc.Arbitrary<PhrasingContent[]> = phrasing(2).filter(
  nodes => withoutLinksInLinks(nodes) && withoutSameWithin(nodes),
);

const holdsBreak = (node: PhrasingContent): boolean =>
  node.type === 'break' ||
  ('children' in node && node.children.some(holdsBreak));

const oneLine = anyPhrasing.map(nodes =>
  nodes.filter(node => !holdsBreak(node)),
);

const paragraph: fc.Arbitrary<Paragraph> = anyPhrasing.map(children => ({
  type: 'paragraph',
  children,
}));

const cells = fc.array(
  oneLine.map(children => ({
    type: 'tableCell' as const,
    children: joinTexts(children),
  })),
  { minLength: 2, maxLength: 2 },
);

const block: fc.Arbitrary<BlockContent | DefinitionContent> = fc.oneof(
  paragraph,
  fc.tuple(oneLine, fc.constantFrom(1, 2, 3)).map(
    ([children, depth]): BlockContent => ({
      type: 'heading',
      depth: depth === 1 ? 2 : 3,
      children: joinTexts(children),
      data: { id: `id-${depth}` },
    }),
  ),
  fc.constantFrom<BlockContent>(
    {
      type: 'code',
      lang: 'ts',
      meta: 'title="Open the file"',
      value: 'open();',
    },
    { type: 'math', value: 'x = y' },
    jsxBlock('Pdf', { src: '@site/docs/a.pdf', name: 'Guide for users' }),
    { type: 'thematicBreak' },
  ),
  paragraph.map(
    (child): BlockContent => ({ type: 'blockquote', children: [child] }),
  ),
  fc.array(paragraph, { minLength: 1, maxLength: 2 }).map(
    (items): BlockContent => ({
      type: 'list',
      ordered: false,
      spread: false,
      children: items.map(item => ({
        type: 'listItem',
        spread: false,
        children: [item],
      })),
    }),
  ),
  fc.tuple(cells, cells).map(
    (rows): BlockContent => ({
      type: 'table',
      align: [null, null],
      children: rows.map(children => ({ type: 'tableRow', children })),
    }),
  ),
  fc.tuple(oneLine, paragraph).map(
    ([label, child]): BlockContent => ({
      type: 'containerDirective',
      name: 'tip',
      attributes: {},
      children: [
        {
          type: 'paragraph',
          data: { directiveLabel: true },
          children: joinTexts(label),
        },
        child,
      ],
    }),
  ),
  fc
    .tuple(anyText, paragraph)
    .map(
      ([label, child]): BlockContent =>
        jsxBlock('Tabs', {}, [
          jsxBlock('TabItem', { value: 'a', label }, [child]),
        ]),
    ),
);

/** Pages, as the exporter makes them, with text that was not meant kindly. */
export const anyRoot: fc.Arbitrary<Root> = fc
  .tuple(anyText, fc.array(block, { minLength: 1, maxLength: 4 }))
  .map(([title, blocks]) => ({
    type: 'root',
    children: [
      {
        type: 'yaml',
        value: `# ours\nid: page-1\ntitle: ${JSON.stringify(
          title,
        )}\nkeywords:\n  - user guide\n  - API`,
      },
      ...blocks,
    ],
  }));
