import { compile } from '@mdx-js/mdx';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';

/** Whether a file is MDX, with what Docusaurus reads on top of it. */
export async function compiles(text: string): Promise<boolean> {
  try {
    await compile(text, {
      remarkPlugins: [
        remarkFrontmatter,
        remarkGfm,
        remarkMath,
        remarkDirective,
      ],
    });
    return true;
  } catch {
    return false;
  }
}
