import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FileVersions, Worktree, WorktreeScope } from '../SiteRepository';
import { SiteUnderTest } from './SiteUnderTest';

/** A file that solutions share. */
export const LABELS = 'i18n/ko/current.json';

const joined = ({ base, ours, theirs }: FileVersions) =>
  `${base} + ${ours} + ${theirs}`;

/** A repository with a page of a solution, which it tells git to ignore. */
export const startSite = () =>
  SiteUnderTest.start({
    'docs/index.mdx': 'Hello\n',
    'docs/zcp/a.mdx': 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n',
    '.gitignore': '*.mdx\n',
    [LABELS]: 'begin',
  });

/** The worktree of a job on that solution. */
export async function openWorktree(
  site: SiteUnderTest,
  jobId: string,
  options: Partial<WorktreeScope> = {},
  repository = site.open(),
): Promise<Worktree> {
  await repository.update({ signal: new AbortController().signal });
  return repository.openWorktree(jobId, {
    folders: ['docs/zcp'],
    sharedFiles: [LABELS],
    mergeShared: (_file, versions) => joined(versions),
    ...options,
  });
}

export async function write(worktree: Worktree, file: string, text: string) {
  const target = path.join(worktree.path, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
}

export const commit = (worktree: Worktree, message = 'Publish') =>
  worktree.commit({
    message,
    step: 'export',
    paths: ['docs/zcp', LABELS, 'static/zcp'],
  });
