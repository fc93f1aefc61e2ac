import { Root } from 'mdast';
import { SafeFiles } from '../git/SafeFiles';
import { MdxFault } from '../mdx/MdxFault';
import { MdxOptions } from '../mdx/MdxOptions';
import { proveMdx } from '../mdx/proveMdx';
import { writeMdx } from '../mdx/writeMdx';
import { FaultyPage } from '../publishing/FaultyPage';

/**
 * The text of a page's file, which compiles and reads as the tree. One that is in the repository already was proven when it was
 * written: to publish again what has not changed takes no compiling.
 *
 * @throws FaultyPage
 */
export async function provenText(
  root: Root,
  options: MdxOptions & {
    pageId: string;
    path: string;
    files: Pick<SafeFiles, 'read'>;
  },
): Promise<string> {
  const { pageId, path, files } = options;
  const text = writeMdx(root, options);
  if (text === (await files.read(path))) return text;
  try {
    await proveMdx(text, root, options);
  } catch (error) {
    if (!(error instanceof MdxFault)) throw error;
    const { line, column, reason } = error;
    throw new FaultyPage(pageId, `${path}:${line}:${column}`, reason);
  }
  return text;
}
