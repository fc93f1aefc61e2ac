import { Root } from 'mdast';
import { posix } from 'node:path';
import { visit } from 'unist-util-visit';

/** A file with its links as they were, and where it is now; paths are relative to the solution's folder. */
export type Move = {
  readonly from: string;
  readonly to: string;
  /** The link to what was at this place, as seen from the file's new one; undefined where it never was a page. */
  readonly linkTo: (file: string) => string | undefined;
};

/** Makes the links between files right after files have moved. What does not lead to a file of the site stays. */
export function relink(root: Root, move: Move): void {
  visit(root, ['link', 'definition', 'image'], node => {
    if ('url' in node) node.url = relinked(node.url, move);
  });
}

function relinked(url: string, { from, to, linkTo }: Move): string {
  const [, path = '', hash = ''] = /^(\.{1,2}\/[^#?]*)(.*)$/s.exec(url) ?? [];
  if (path === '') return url;
  const file = posix.join(posix.dirname(from), decoded(path));
  const link = linkTo(file);
  if (link !== undefined) {
    // An address elsewhere has no headings of the site's.
    return link.startsWith('.') ? `${link}${hash}` : link;
  }
  return `${relativeLink(to, file)}${hash}`;
}

/** As links from file to file are written. */
export function relativeLink(from: string, to: string): string {
  const relative = posix.relative(posix.dirname(from), to);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
