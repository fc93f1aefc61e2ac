import { Nodes, Root, RootContent } from 'mdast';
import { directiveToMarkdown } from 'mdast-util-directive';
import { frontmatterToMarkdown } from 'mdast-util-frontmatter';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { mathToMarkdown } from 'mdast-util-math';
import { mdxToMarkdown } from 'mdast-util-mdx';
import { Options, toMarkdown } from 'mdast-util-to-markdown';
import { SKIP, visit } from 'unist-util-visit';
import { firstDifference } from './firstDifference';
import { handlers, join } from './handlers';
import { MdxOptions } from './MdxOptions';
import { readMdx } from './readMdx';
import { Hardened, writtenForm } from './writtenForm';

const options: Options = {
  bullet: '-',
  bulletOther: '*',
  rule: '_',
  emphasis: '_',
  strong: '*',
  fences: true,
  listItemIndent: 'one',
  extensions: [
    frontmatterToMarkdown('yaml'),
    gfmToMarkdown({ tablePipeAlign: false }),
    mathToMarkdown(),
    directiveToMarkdown(),
    mdxToMarkdown(),
    {
      unsafe: [
        { atBreak: true, character: 'i', after: 'mport\\b' },
        { atBreak: true, character: 'e', after: 'xport\\b' },
      ],
    },
    { handlers, join },
  ],
};

/** Blocks that are read again together. The time of the parser grows faster than its text. */
const AT_ONCE = 100;

/**
 * A tree as MDX that reads as that tree. `root` may begin with front matter (a `yaml` node).
 *
 * It is written as people would, and read again. Text that comes out otherwise is written once more with nothing in it that could be
 * taken for syntax: a paragraph, heading or table at a time, or all of a block where that is not enough. What does not hold even then
 * is found by `proveMdx`.
 */
export function writeMdx(root: Root, mdxOptions: MdxOptions): string {
  const hardened = new Set<Nodes>();
  for (let start = 0; start < root.children.length; start += AT_ONCE) {
    const blocks = root.children.slice(start, start + AT_ONCE);
    if (holds(blocks, new Set(), mdxOptions)) continue;
    const fragile = blocks.flatMap(block => fragileNodes(block, mdxOptions));
    const toHarden = fragile.length > 0 ? fragile : blocks.flatMap(nodesIn);
    toHarden.forEach(node => hardened.add(node));
  }
  return write(root, hardened, mdxOptions);
}

function fragileNodes(block: RootContent, mdxOptions: MdxOptions): Nodes[] {
  if (holds([block], new Set(), mdxOptions)) return [];
  const fragile: Nodes[] = [];
  const alone: Root = { type: 'root', children: [block] };
  visit(alone, node => {
    const isLeaf =
      node.type === 'paragraph' ||
      node.type === 'heading' ||
      node.type === 'table';
    if (!isLeaf) return undefined;
    if (!holds([node], new Set(), mdxOptions)) fragile.push(...nodesIn(node));
    return SKIP;
  });
  const isEnough = holds([block], new Set(fragile), mdxOptions);
  return isEnough ? fragile : nodesIn(block);
}

function nodesIn(node: Nodes): Nodes[] {
  const nodes: Nodes[] = [];
  visit(node, each => void nodes.push(each));
  return nodes;
}

function write(root: Root, hardened: Hardened, mdxOptions: MdxOptions) {
  const text = toMarkdown(writtenForm(root, hardened, mdxOptions), options);
  // It would be taken for the mark of the encoding.
  return text.replace(/^\uFEFF/, '&#xFEFF;');
}

/** Whether blocks are read as what they were written from. */
function holds(
  blocks: RootContent[],
  hardened: Hardened,
  mdxOptions: MdxOptions,
): boolean {
  const root: Root = { type: 'root', children: blocks };
  try {
    const text = write(root, hardened, mdxOptions);
    return firstDifference(root, readMdx(text, mdxOptions)) === undefined;
  } catch {
    return false;
  }
}
