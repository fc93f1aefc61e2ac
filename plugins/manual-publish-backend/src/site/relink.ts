import { Root } from 'mdast';
import { posix } from 'node:path';
import { visit } from 'unist-util-visit';
import { headingIn } from './writtenHeadings';

/** A file with its links as they were, and where it is now; paths are relative to the solution's folder. */
export type Move = {
  readonly from: string;
  readonly to: string;
  /** The link to what was at this place, as seen from the file's new one; undefined where it never was a page. */
  readonly linkTo: (file: string) => string | undefined;
  /** Whether the heading is gone that was at this place. */
  readonly isGone?: (file: string, heading: string) => boolean;
};

/** Makes the links between files right after files have moved. What does not lead to a file of the site stays. */
export function relink(root: Root, move: Move): void {
  visit(root, ['link', 'definition', 'image'], node => {
    if ('url' in node) node.url = relinked(node.url, move);
  });
}

/** The files that a text links to; paths are as the file's own, relative to the solution's folder. */
export function filesLinkedIn(root: Root, from: string): ReadonlySet<string> {
  const files = new Set<string>();
  visit(root, ['link', 'definition', 'image'], node => {
    const target = 'url' in node ? targetOf(node.url, from) : undefined;
    if (target) files.add(target.file);
  });
  return files;
}

function relinked(url: string, { from, to, linkTo, isGone }: Move): string {
  const target = targetOf(url, from);
  if (!target) return url;
  const { file, query, hash } = target;
  const isLeft = hash !== '' && isGone?.(file, headingIn(hash));
  const rest = isLeft ? query : `${query}${hash}`;
  const link = linkTo(file);
  if (link !== undefined) {
    // An address elsewhere has no headings of the site's.
    return link.startsWith('.') ? `${link}${rest}` : link;
  }
  return `${relativeLink(to, file)}${rest}`;
}

function targetOf(
  url: string,
  from: string,
): { file: string; query: string; hash: string } | undefined {
  const [, path, query = '', hash = ''] =
    /^(\.{1,2}\/[^#?]*)(\?[^#]*)?(#.*)?$/s.exec(url) ?? [];
  return path === undefined
    ? undefined
    : { file: posix.join(posix.dirname(from), decoded(path)), query, hash };
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
