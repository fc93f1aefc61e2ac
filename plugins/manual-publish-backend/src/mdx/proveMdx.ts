import { compile, CompileOptions } from '@mdx-js/mdx';
import { Root } from 'mdast';
import { firstDifference } from './firstDifference';
import { MdxFault } from './MdxFault';
import { MdxOptions } from './MdxOptions';
import { readMdx } from './readMdx';
import { mdastExtensions, micromarkExtensions } from './syntax';
import { unwrapMdxCode } from './unwrapMdxCode';

/**
 * Proves that a text compiles and that it reads as the tree it was written from.
 *
 * @throws MdxFault
 */
export async function proveMdx(
  text: string,
  root: Root,
  options: MdxOptions,
): Promise<void> {
  const read = orFault(() => readMdx(text, options));
  const difference = firstDifference(root, read);
  if (difference) {
    const { line, column } = difference.position?.start ?? START;
    throw new MdxFault(
      line,
      column,
      `${shown(difference.found)} is read where ${shown(
        difference.expected,
      )} was written`,
    );
  }
  await proveCompiles(text);
  const unwrapped = unwrapMdxCode(text);
  if (unwrapped !== text) await proveCompiles(unwrapped);
}

const START = { line: 1, column: 1 };

async function proveCompiles(text: string): Promise<void> {
  try {
    await compile(text, { remarkPlugins: [docusaurusSyntax] });
  } catch (error) {
    throw faultOf(error);
  }
}

/** What remark-frontmatter, -gfm, -math and -directive do to the parser, which is all that they do. */
const docusaurusSyntax: RemarkPlugin = function extendParser() {
  const parser = this.data();
  const before = (name: string): unknown[] => {
    const extensions: unknown = Reflect.get(parser, name);
    return Array.isArray(extensions) ? extensions : [];
  };
  Object.assign(parser, {
    micromarkExtensions: [
      ...before('micromarkExtensions'),
      ...micromarkExtensions(),
    ],
    fromMarkdownExtensions: [
      ...before('fromMarkdownExtensions'),
      ...mdastExtensions(),
    ],
  });
};

type RemarkPlugin = NonNullable<CompileOptions['remarkPlugins']>[number];

function orFault<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw faultOf(error);
  }
}

/** Errors of the parser carry their place. */
function faultOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { line, column, reason } = error as Error & {
    line?: unknown;
    column?: unknown;
    reason?: unknown;
  };
  return new MdxFault(
    typeof line === 'number' ? line : START.line,
    typeof column === 'number' ? column : START.column,
    typeof reason === 'string' ? reason : error.message,
  );
}

type Shown = { type: string; fields: Readonly<Record<string, unknown>> };

const shown = (node: Shown | undefined) =>
  node
    ? `${node.type} ${JSON.stringify(node.fields).slice(0, 120)}`
    : 'nothing';
