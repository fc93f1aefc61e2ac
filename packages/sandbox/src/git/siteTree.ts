import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { TreeChange } from './treeChange';

// eslint-disable-next-line no-restricted-syntax -- this package is run from its source and never built for production
const SITE = path.resolve(__dirname, '../../../../examples/docs-site');

/** What tools make in the site's folder, and what is laid over it only to prove that it builds. */
const LEFT_OUT = new Set(['node_modules', '.docusaurus', 'build', 'sample']);

/** The files of examples/docs-site: what a docs repository has before anything is published into it. */
export async function siteTree(): Promise<TreeChange> {
  const tree: Record<string, Buffer> = {};
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(path.join(SITE, folder), {
      withFileTypes: true,
    });
    for (const entry of entries) {
      const below = path.posix.join(folder, entry.name);
      if (entry.isFile()) tree[below] = await readFile(path.join(SITE, below));
      else if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) {
        await walk(below);
      }
    }
  };
  await walk('.');
  return tree;
}
