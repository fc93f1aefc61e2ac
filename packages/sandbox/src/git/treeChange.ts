/** What becomes of a path in a commit: text, bytes, a symbolic link, or nothing (it is deleted). */
export type TreeEntry = string | Buffer | { symlink: string } | null;

/** By path from the root of the repository, with `/`. */
export type TreeChange = Readonly<Record<string, TreeEntry>>;

export interface Author {
  name: string;
  email: string;
}

export interface CommitDraft {
  branch: string;
  /** Whether the branch is there, so that the commit goes on top of it. */
  hasParent: boolean;
  author: Author;
  message: string;
  at: Date;
  changes: TreeChange;
}

const line = (text: string) => Buffer.from(`${text}\n`);

const counted = (content: Buffer) =>
  Buffer.concat([line(`data ${content.length}`), content, line('')]);

const quoted = (path: string) =>
  `"${path
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')}"`;

function changed(path: string, entry: TreeEntry): Buffer {
  if (entry === null) return line(`D ${quoted(path)}`);
  const isLink = typeof entry === 'object' && 'symlink' in entry;
  const content = isLink ? Buffer.from(entry.symlink) : Buffer.from(entry);
  return Buffer.concat([
    line(`M ${isLink ? '120000' : '100644'} inline ${quoted(path)}`),
    counted(content),
  ]);
}

/** A commit in the language of `git fast-import`. */
export function fastImportStream(draft: CommitDraft): Buffer {
  const { author, at, branch } = draft;
  const seconds = Math.floor(at.getTime() / 1000);
  return Buffer.concat([
    line(`commit refs/heads/${branch}`),
    line(`committer ${author.name} <${author.email}> ${seconds} +0000`),
    counted(Buffer.from(draft.message)),
    draft.hasParent ? line(`from refs/heads/${branch}^0`) : Buffer.alloc(0),
    ...Object.entries(draft.changes).map(([path, entry]) =>
      changed(path, entry),
    ),
    line('done'),
  ]);
}
