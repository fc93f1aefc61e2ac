import { Root } from 'mdast';
import { MdxFault } from '../mdx/MdxFault';
import { MdxOptions } from '../mdx/MdxOptions';
import { proveMdx } from '../mdx/proveMdx';
import { writeMdx } from '../mdx/writeMdx';
import { FaultyPage } from '../publishing/FaultyPage';

/**
 * The text of a page's file, which compiles and reads as the tree.
 *
 * @throws FaultyPage
 */
export async function provenText(
  root: Root,
  options: MdxOptions & { pageId: string; path: string },
): Promise<string> {
  const { pageId, path } = options;
  const text = writeMdx(root, options);
  try {
    await proveMdx(text, root, options);
  } catch (error) {
    if (!(error instanceof MdxFault)) throw error;
    const { line, column, reason } = error;
    throw new FaultyPage(pageId, `${path}:${line}:${column}`, reason);
  }
  return text;
}
