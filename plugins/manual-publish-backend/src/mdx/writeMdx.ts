import { Nodes, Root } from 'mdast';
import { directiveToMarkdown } from 'mdast-util-directive';
import { frontmatterToMarkdown } from 'mdast-util-frontmatter';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { mathToMarkdown } from 'mdast-util-math';
import { mdxToMarkdown } from 'mdast-util-mdx';
import { Options, toMarkdown } from 'mdast-util-to-markdown';
import { visit } from 'unist-util-visit';
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

/**
 * A tree as MDX that reads as that tree. `root` may begin with front matter (a `yaml` node).
 *
 * It is written as people would, and read again. Blocks that come out otherwise are written once more with nothing in them that
 * could be taken for syntax. What does not hold even then is found by `proveMdx`.
 */
export function writeMdx(root: Root, mdxOptions: MdxOptions): string {
  const readable = write(root, new Set(), mdxOptions);
  const fragile = root.children.filter(
    block => !holds({ type: 'root', children: [block] }, mdxOptions),
  );
  if (holdsAs(readable, root, mdxOptions) || fragile.length === 0) {
    return readable;
  }
  const hardened = new Set<Nodes>();
  fragile.forEach(block => visit(block, node => void hardened.add(node)));
  return write(root, hardened, mdxOptions);
}

function write(root: Root, hardened: Hardened, mdxOptions: MdxOptions) {
  const text = toMarkdown(writtenForm(root, hardened, mdxOptions), options);
  // It would be taken for the mark of the encoding.
  return text.replace(/^\uFEFF/, '&#xFEFF;');
}

const holds = (root: Root, mdxOptions: MdxOptions) =>
  holdsAs(write(root, new Set(), mdxOptions), root, mdxOptions);

function holdsAs(text: string, root: Root, mdxOptions: MdxOptions): boolean {
  try {
    return firstDifference(root, readMdx(text, mdxOptions)) === undefined;
  } catch {
    return false;
  }
}
