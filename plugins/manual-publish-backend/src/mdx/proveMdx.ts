import { compile, CompileOptions } from '@mdx-js/mdx';
import { Root } from 'mdast';
import { firstDifference } from './firstDifference';
import { MdxFault } from './MdxFault';
import { MdxOptions } from './MdxOptions';
import { restoredTree } from './readMdx';
import { parseMdx } from './syntax';
import { unwrapMdxCode } from './unwrapMdxCode';

const START = { line: 1, column: 1 };

const shown = (node: Shown | undefined) =>
  node
    ? `${node.type} ${JSON.stringify(node.fields).slice(0, 120)}`
    : 'nothing';

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
  const parsed = orFault(() => parseMdx(text));
  const difference = firstDifference(root, restoredTree(parsed, options));
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
  await proveCompiles(text, parsed);
  const unwrapped = unwrapMdxCode(text);
  if (unwrapped !== text) {
    await proveCompiles(
      unwrapped,
      orFault(() => parseMdx(unwrapped)),
    );
  }
}

/**
 * Parsing is what takes time, so it is done once: by the grammar that remark-mdx, -frontmatter, -gfm, -math and -directive make
 * together.
 */
const parsedAs = (tree: Root): RemarkPlugin =>
  function useTree() {
    this.parser = () => tree;
  };

async function proveCompiles(text: string, parsed: Root): Promise<void> {
  try {
    await compile(text, { remarkPlugins: [parsedAs(parsed)] });
  } catch (error) {
    throw faultOf(error);
  }
}

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
