import { posix } from 'node:path';
import { Manifest, ManifestPage } from './Manifest';

/** The path of a page without what follows its name: its folder, or its file without an ending. */
export function baseOf({ file, folder }: ManifestPage): string {
  return folder ?? (file ?? '').replace(/\.mdx$/, '');
}

/** The last part of its path; empty for the root. */
export function nameOf({ file, folder }: ManifestPage): string {
  return folder === undefined
    ? posix.parse(file ?? '').name
    : posix.basename(folder);
}

export function parentFolderOf({ file, folder }: ManifestPage): string {
  const parent = posix.dirname(folder ?? file ?? '');
  return parent === '.' ? '' : parent;
}

/** A page that goes to another name, with all below it: what is below keeps its names. */
export function relocated(
  page: ManifestPage,
  from: string,
  to: string,
): ManifestPage {
  const moved = (path: string) =>
    path === from || path.startsWith(`${from}/`)
      ? posix.join(to, path.slice(from.length))
      : path;
  const { file, folder } = page;
  const base = file?.replace(/\.mdx$/, '');
  return {
    ...page,
    ...(base !== undefined && { file: `${moved(base)}.mdx` }),
    ...(folder !== undefined && { folder: moved(folder) }),
  };
}

/** The ids of a page and of all below it. */
export function idsBelow(manifest: Manifest, id: string): ReadonlySet<string> {
  const found = new Set([id]);
  let size: number;
  do {
    size = found.size;
    for (const [each, { parent }] of manifest) {
      if (parent !== null && found.has(parent)) found.add(each);
    }
  } while (found.size > size);
  return found;
}
